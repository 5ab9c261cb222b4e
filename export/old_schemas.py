"""Bundles of schema 2, whose faces can be taken over: an owner who kept the bundle need not have kept the runs.

What schema 2 left open was the same for every bundle of it. Knows nothing of what the graphs compute.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.bundle import SCHEMA_VERSION, Bundle, Crop, Manifest, Role
from bot.bundle.manifest import MANIFEST
from training.faces.data.labels import ATTRIBUTES

_SCHEMA = 2
_GENERATORS = {"vae_decoder": "vae", "dcgan": "dcgan", "wgan_gp": "wgan-gp"}
_ENCODER, _ITS_GENERATOR = "vae_encoder", "vae"
_CROP = Crop(1, ((0.355, 0.45), (0.645, 0.45)))
_NOTHING = {"family": None, "size": None, "generator": None, "crop": None, "learnt_from": None, "both_ways": False}


def open_of_any_schema(folder: Path) -> Bundle:
    """Open a bundle of this schema or the one before.

    Raises:
        BundleError: there is none, it is of another schema, or not whole.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["schema_version"] != _SCHEMA:
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
