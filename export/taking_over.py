"""What is taken over from a bundle that is there: faces, words, editor, pictures. Knows nothing of runs."""

import shutil
from collections.abc import Collection
from pathlib import Path

from bot.bundle import Bundle, Model, Role
from export.errors import ExportError

WORDS = frozenset({Role.TEXT, Role.FILL, Role.PICKER, Role.REACTIONS, Role.PULSE, Role.SCENE, Role.SONG})
"""What is learnt from a room."""
PICTURES = frozenset({Role.DREAM, Role.FEATURES, Role.STYLES, Role.STYLE_READER, Role.STYLE_PAINTER})
"""What every group has alike."""
Taken = tuple[dict[str, Model], dict[str, str]]
"""Entries for the manifest, and what made them."""


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
