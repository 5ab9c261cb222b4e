"""Pseudo-labels: filled in by the labelling helper where labels are missing, the least certain shown to the owner.

Weak labels come before it: a helper learns from them and may then doubt them, so that those are shown that are wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.faces.attributes.classifier import TrainedClassifier
from training.faces.data.dataset import Faces
from training.faces.data.image_files import grid, save_png
from training.faces.data.labels import ATTRIBUTES, write_labels
from training.faces.data.tensors import as_tensor

FILLED, UNCERTAIN = "labels.filled.csv", "uncertain.png"
_SHOWN_FOR_EACH, _SIZE = 8, 96


@dataclass(frozen=True, slots=True)
class FilledLabels:
    """Labels, the owner's ``own`` as they were, and how ``probable [n, attributes]`` each attribute is to the CNN.

    Of attributes that it does not know there are the owner's labels alone, and no probability (NaN).
    """

    labels: NDArray[np.int8]
    own: NDArray[np.int8]
    probable: NDArray[np.float32]


def with_weak(faces: Faces, weak: NDArray[np.int8]) -> Faces:
    """Return the faces with weak labels where the owner's are missing."""
    return replace(faces, labels=np.where(faces.labels == 0, weak, faces.labels))


def fill_in(classifier: TrainedClassifier, faces: Faces, own: NDArray[np.int8]) -> FilledLabels:
    """Return the labels of ``faces``, of which some are the owner's ``own``, and what the CNN sees where none are."""
    probable = torch.sigmoid(classifier.scores(as_tensor(faces.images))).numpy()
    predicted = np.where(probable > 0.5, 1, -1) * classifier.knows
    labels = np.where(faces.labels == 0, predicted, faces.labels).astype(np.int8)
    return FilledLabels(labels, own, np.where(classifier.knows, probable, np.float32(np.nan)))


def write(filled: FilledLabels, faces: Faces, data: Path) -> None:
    """Write the filled table, with a column ``~Smiling`` of probabilities for each attribute, and the contact sheet."""
    columns: dict[str, Sequence[object]] = {
        f"~{name}": ["" if np.isnan(value) else f"{value:.2f}" for value in column]
        for name, column in zip(ATTRIBUTES, filled.probable.T, strict=True)
    }
    write_labels(data / FILLED, faces.names, filled.labels, columns)
    save_png(_sheet(filled, faces), data / UNCERTAIN)


def _sheet(filled: FilledLabels, faces: Faces) -> NDArray[np.uint8]:
    """Return a row for each attribute: the photos whose label, if it is not the owner's, the CNN supports least."""
    support = np.where(filled.labels > 0, filled.probable, 1 - filled.probable)
    support = np.where((filled.own != 0) | np.isnan(support), 2.0, support)
    tiles = [
        _tile(filled, faces, (int(index), int(column)), in_doubt=bool(support[index, column] <= 1))
        for column in np.flatnonzero(~np.isnan(filled.probable).all(0))
        for index in np.argsort(support[:, column], kind="stable")[:_SHOWN_FOR_EACH]
    ]
    return grid(np.stack(tiles), min(_SHOWN_FOR_EACH, len(faces.names)))


def _tile(filled: FilledLabels, faces: Faces, at: tuple[int, int], *, in_doubt: bool) -> NDArray[np.uint8]:
    from PIL import Image, ImageDraw

    tile = Image.fromarray(np.array(faces.images[at[0]])).resize((_SIZE, _SIZE))
    if in_doubt:
        caption = f"{ATTRIBUTES[at[1]]} {filled.labels[at]:+d}? {filled.probable[at]:.0%}"
        ImageDraw.Draw(tile).text((2, 1), f"{caption}\n{faces.names[at[0]]}", fill="red")
    return np.asarray(tile)
