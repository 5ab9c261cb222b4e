"""A bundle with the styles that ship, and words that have learnt nothing, which open at once."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.bundle import Bundle, Role, sha256_of
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE
from tests.bot.conftest import write_bundle_to

ROLES = (Role.STYLES, Role.STYLE_READER, Role.STYLE_PAINTER)


def make(folder: Path, roles: tuple[Role, ...] = ROLES) -> Path:
    """Write the bundle into ``folder`` and return it; of the styles it has those models that have ``roles``."""
    words, shipped = Bundle.open(write_bundle_to(folder)), Bundle.open(DEMO_BUNDLE)
    models = {name: model for role in roles for name, model in shipped.manifest.of_role(role).items()}
    for model in models.values():
        for file in model.files():
            shutil.copy(shipped.path(file), folder / file.name)
    whole = replace(words.manifest, models={**words.manifest.models, **models})
    (folder / MANIFEST).write_text(whole.to_json(), encoding="utf-8")
    return folder


def checks(side: int, height: int | None = None, cells: int = 8) -> np.ndarray:
    """Return a picture of coloured squares, of which each is another."""
    colours = np.random.default_rng(3).integers(0, 256, (cells, cells, 3), np.uint8)
    rows, columns = (np.arange(length) * cells // length for length in (height or side, side))
    return np.asarray(colours[rows][:, columns])


def edit_styles(folder: Path, file: str, text: str) -> None:
    """Write another ``file`` of styles into a bundle, under its true hash."""
    (folder / file).write_text(text, encoding="utf-8")
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    for model in content["models"].values():
        if model["data"] and model["data"]["name"] == file:
            model["data"]["sha256"] = sha256_of(folder / file)
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
