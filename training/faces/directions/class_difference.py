"""Directions in a latent space: which way a face gets an attribute while the others stay. Pure; knows no network.

The difference of the class means, balanced over the other attributes by regressing the latents on all labels at once:
the coefficient of a label is the difference that is left when the others are held still. It is not made orthogonal to
the others' differences: measured, that took away half of what makes a smile (docs/experiments.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES, Direction, Directions

FEWEST = 8
"""Faces of either kind that an attribute must have been seen on."""

_ONE_OF = ("Black_Hair", "Brown_Hair")
"""Nobody's hair has two colours: where the one comes, the other goes."""

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Found:
    """The directions that were found, and why each other attribute has none."""

    directions: Directions
    refused: Mapping[str, str]


def find(latents: Floats, labels: NDArray[np.int8]) -> Found:
    """Return a direction for each attribute that ``labels [n, 15]`` (-1, 0 unknown, 1) show on ``latents [n, d]``."""
    refused = {name: why for name, column in zip(ATTRIBUTES, labels.T, strict=True) if (why := _too_few(column))}
    kept = [index for index, name in enumerate(ATTRIBUTES) if name not in refused]
    differences = _differences(latents, labels[:, kept].astype(float))
    found = {ATTRIBUTES[index]: _direction(latents, row) for index, row in zip(kept, differences, strict=True)}
    return Found(Directions(latents.shape[1], found), refused)


def untouched(name: str) -> NDArray[np.bool_]:
    """Return ``[15]``: the attributes that should stay as they are where ``name`` comes."""
    gone = _ONE_OF if name in _ONE_OF else (name,)
    return np.array([attribute not in gone for attribute in ATTRIBUTES])


def moved(latents: Floats, direction: Direction, strength: float) -> Floats:
    """Return ``latents`` with ``strength`` spreads more of the attribute."""
    return np.asarray(latents + strength * direction.spread * np.asarray(direction.vector), np.float32)


def measured(directions: Directions, name: str, figures: Mapping[str, float]) -> Directions:
    """Return ``directions`` with ``figures`` on the one called ``name``."""
    one = replace(directions.by_attribute[name], measured=dict(figures))
    return replace(directions, by_attribute={**directions.by_attribute, name: one})


def _too_few(column: NDArray[np.int8]) -> str:
    present, absent = int((column > 0).sum()), int((column < 0).sum())
    return f"seen on {present} faces and missing on {absent}" if min(present, absent) < FEWEST else ""


def _differences(latents: Floats, labels: Floats) -> Floats:
    """Return ``[attributes, d]``: how a latent changes with each label, the others held still."""
    design = np.column_stack([labels, np.ones(len(labels))])
    coefficients, *_ = np.linalg.lstsq(design, latents.astype(float), rcond=None)
    return np.asarray(2 * coefficients[:-1])


def _direction(latents: Floats, difference: Floats) -> Direction:
    vector = difference / np.linalg.norm(difference)
    return Direction(tuple(vector.tolist()), float((latents @ vector).std()), {})
