"""Recognition of an edited portrait: the nearest of the drawings of several people with the attributes it should have.

The ground truth of whether an edit keeps the person. Knows nothing of networks.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing.identity import Identity
from training.faces.drawing.portrait import portrait


def recognise_edited(
    picture: NDArray[np.uint8], labels: NDArray[np.int8], attribute: str, people: Sequence[int]
) -> int:
    """Return who of ``people``, who are invented, is on a portrait with ``labels`` that was edited to ``attribute``.

    It is a :class:`training.faces.evaluation.edits.IdentityCheck`.
    """
    return nearest_person(picture, with_attribute(labels, attribute), people)


def nearest_person(picture: NDArray[np.uint8], attributes: Mapping[str, bool], people: Sequence[int]) -> int:
    """Return the number of the one of ``people`` whose portrait with ``attributes`` is nearest to ``picture``.

    ``picture [size, size, 3]``; near is the mean square of the difference of the pixels.
    """
    # Thousands are drawn to measure one model, and who is nearest does not hang on how smooth an edge is.
    drawings = np.stack([portrait(Identity.of(number), attributes, len(picture), supersampled=1) for number in people])
    difference = drawings.astype(np.float32) - picture
    return people[int(np.square(difference).mean(axis=(1, 2, 3)).argmin())]


def with_attribute(labels: NDArray[np.int8], name: str) -> dict[str, bool]:
    """Return the attributes of ``labels`` after an edit towards ``name``: new hair replaces the old."""
    has = {attribute: bool(label > 0) for attribute, label in zip(ATTRIBUTES, labels, strict=True)}
    return has | {"Black_Hair": has["Black_Hair"] and name != "Brown_Hair", name: True}
