"""What is taken over from a bundle that is there, one of schema 2 too: faces, words, editor, pictures.

An owner who kept the bundle need not have kept the runs. What schema 2 left open was the same for every bundle of it.
Knows nothing of runs, nor of what the graphs compute.
"""

import json
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bot.bundle import SCHEMA_VERSION, Bundle, Crop, Manifest, Model, Role
from bot.bundle.manifest import MANIFEST, WORDS
from export.errors import ExportError
from training.faces.data.labels import ATTRIBUTES

PICTURES = frozenset({Role.DREAM, Role.FEATURES, Role.STYLES, Role.STYLE_READER, Role.STYLE_PAINTER})
"""What every group has alike."""
Taken = tuple[dict[str, Model], dict[str, str]]
"""Entries for the manifest, and what made them."""

_OLD_SCHEMA = 2
_GENERATORS = {"vae_decoder": "vae", "dcgan": "dcgan", "wgan_gp": "wgan-gp"}
_ENCODER, _ITS_GENERATOR = "vae_encoder", "vae"
_CROP = Crop(1, ((0.355, 0.45), (0.645, 0.45)))
_NOTHING = {"family": None, "size": None, "generator": None, "crop": None, "learnt_from": None, "both_ways": False}


def take_faces(source: Bundle, folder: Path, without: Collection[str] = ()) -> Taken:
    """Copy the faces of a bundle into ``folder``, ``without`` some generators and their encoders.

    Raises:
        ExportError: the bundle has no faces.
    """
    if not source.manifest.of_role(Role.GENERATOR):
        raise ExportError(f"The bundle in {source.folder} has no faces: give the runs that drew them.")
    replaced = {name for name, model in source.manifest.models.items() if {name, model.generator} & {*without}}
    return _taken(source, folder, Role.GENERATOR, Role.ENCODER, without=replaced)


def take_editor(source: Bundle, folder: Path) -> Taken:
    """Copy the editor of a bundle into ``folder``, if it has one."""
    return _taken(source, folder, Role.EDITOR)


def take_cleaner(source: Bundle, folder: Path) -> Taken:
    """Copy the cleaner of a bundle into ``folder``, if it has one."""
    return _taken(source, folder, Role.CLEANER)


def take_pictures(source: Bundle, folder: Path) -> Taken:
    """Copy what every group's pictures are made with, as far as a bundle has it."""
    return _taken(source, folder, *PICTURES)


def take_words(source: Bundle, folder: Path, without: Collection[str] = ()) -> Taken:
    """Copy what a bundle learnt from its room, ``without`` some models; whatever made none of its other models did."""
    models, _ = _taken(source, folder, *WORDS, without=without)
    others = source.manifest.models.keys() - models.keys()
    return models, {key: value for key, value in source.manifest.made.items() if key.partition(" ")[0] not in others}


def _taken(source: Bundle, folder: Path, *roles: Role, without: Collection[str] = ()) -> Taken:
    there = source.manifest.models.items()
    models = {name: model for name, model in there if model.role in roles and name not in without}
    for file in {file for model in models.values() for file in model.files()}:
        shutil.copyfile(source.path(file), folder / file.name)
    made = {key: value for key, value in source.manifest.made.items() if key.partition(" ")[0] in models}
    return models, made


def open_of_any_schema(folder: Path) -> Bundle:
    """Open a bundle of this schema or the one before.

    Raises:
        BundleError: there is none, it is of another schema, or not whole.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["schema_version"] != _OLD_SCHEMA:
            return Bundle.open(folder)
        content = _brought_up(content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Bundle.open(folder)  # which says what is wrong
    return Bundle.checked(folder, Manifest.from_json(json.dumps(content)))


def _brought_up(content: Mapping[str, Any]) -> dict[str, Any]:
    models = dict(_model(name, entry) for name, entry in content["models"].items())
    return {**content, "schema_version": SCHEMA_VERSION, "models": models, "attributes": list(ATTRIBUTES)}


def _model(name: str, entry: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a model's name and entry as they are now."""
    if name in _GENERATORS:
        family, size = _GENERATORS[name], entry["outputs"][0]["shape"][1]
        return family, {**_NOTHING, **entry, "role": Role.GENERATOR, "family": family, "size": size}
    if name == _ENCODER:
        role = {"role": Role.ENCODER, "generator": _ITS_GENERATOR, "crop": _CROP.to_dict()}
        return f"{_ITS_GENERATOR}-encoder", {**_NOTHING, **entry, **role}
    return name, {**_NOTHING, **entry, "role": Role.TEXT}
