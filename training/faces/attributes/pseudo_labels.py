"""Pseudo-labels: filled in by the labelling helper where labels are missing, the least certain shown to the owner."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    """Labels without gaps, the owner's own as they were, and how probable each attribute is."""

    labels: NDArray[np.int8]
    probabilities: NDArray[np.float32]


def fill_in(classifier: TrainedClassifier, faces: Faces) -> FilledLabels:
    """Return the owner's labels, and where there are none what the CNN sees."""
    probabilities = torch.sigmoid(classifier.scores(as_tensor(faces.images))).numpy()
    predicted = np.where(probabilities > 0.5, 1, -1).astype(np.int8)
    return FilledLabels(np.where(faces.labels == 0, predicted, faces.labels), probabilities)


def write(filled: FilledLabels, faces: Faces, data: Path) -> None:
    """Write the filled table, with a column ``~Smiling`` of probabilities for each attribute, and the contact sheet."""
    columns: dict[str, Sequence[object]] = {
        f"~{name}": [f"{value:.2f}" for value in column]
        for name, column in zip(ATTRIBUTES, filled.probabilities.T, strict=True)
    }
    write_labels(data / FILLED, faces.names, filled.labels, columns)
    save_png(_sheet(filled, faces), data / UNCERTAIN)


def _sheet(filled: FilledLabels, faces: Faces) -> NDArray[np.uint8]:
    """Return a row for each attribute: the photos on which the CNN is nearest to even odds, with their names."""
    from PIL import Image, ImageDraw

    tiles = []
    for column, name in enumerate(ATTRIBUTES):
        doubt = np.where(faces.labels[:, column] == 0, np.abs(filled.probabilities[:, column] - 0.5), 1.0)
        for index in np.argsort(doubt, kind="stable")[:_SHOWN_FOR_EACH]:
            tile = Image.fromarray(np.array(faces.images[index])).resize((_SIZE, _SIZE))
            if doubt[index] < 1:
                caption = f"{name} {filled.probabilities[index, column]:.0%}"
                ImageDraw.Draw(tile).text((2, 1), f"{caption}\n{faces.names[index]}", fill="red")
            tiles.append(np.array(tile))
    return grid(np.stack(tiles), min(_SHOWN_FOR_EACH, len(faces.names)))
