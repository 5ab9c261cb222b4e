"""Directions in a latent space by class differences: which way a face gets an attribute while the others stay.

The difference of the class means, balanced over the other attributes by regressing the latents on all labels at once:
the coefficient of a label is the difference that is left when the others are held still. It is not made orthogonal to
the others' differences: measured, that took away half of what makes a smile (docs/experiments.md).

Pure; knows no network.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Direction, Directions
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import Floats

FEWEST = 8
"""Faces of either kind that an attribute must have been seen on."""

_ONE_OF = ("Black_Hair", "Brown_Hair")
"""Nobody's hair has two colours: where the one comes, the other goes."""

USUAL_STRENGTH = 2
"""The strength at which a direction should have brought its attribute."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The directions that were found, and why each other attribute has none."""

    directions: Directions
    refused: Mapping[str, str]


def find_directions(latents: Floats, labels: NDArray[np.int8]) -> SearchResult:
    """Return a direction for each attribute that ``labels`` (-1, 0 unknown, 1) show on ``latents [n, d]``."""
    refused = {name: why for name, column in zip(ATTRIBUTES, labels.T, strict=True) if (why := _too_few(column))}
    indices = [index for index, name in enumerate(ATTRIBUTES) if name not in refused]
    differences = _differences(latents, labels[:, indices].astype(float))
    by_attribute = {
        ATTRIBUTES[index]: _direction(latents, row) for index, row in zip(indices, differences, strict=True)
    }
    return SearchResult(Directions(latents.shape[1], by_attribute), refused)


def other_attributes(name: str) -> NDArray[np.bool_]:
    """Return a mask ``[attributes]`` of those that should stay as they are where ``name`` comes."""
    replaced = _ONE_OF if name in _ONE_OF else (name,)
    return np.array([attribute not in replaced for attribute in ATTRIBUTES])


def shifted(latents: Floats, direction: Direction, strength: float) -> Floats:
    """Return ``latents`` with ``strength`` spreads more of the attribute."""
    return np.asarray(latents + strength * direction.spread * np.asarray(direction.vector), np.float32)


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
