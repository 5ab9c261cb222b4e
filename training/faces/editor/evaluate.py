"""An editor before people whom it did not learn from: how many smile for the labeller, and sheets of their photos.

The labeller taught, so it is no judge. Knows nothing of folders.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from training.common.progress import Progress
from training.faces.attributes.expression import NEUTRAL, SMILING, Expression, happiness
from training.faces.data.dataset import Faces
from training.faces.editor.fields import apply, crop_tensor, lower, put_back
from training.faces.editor.network import EditorNetwork

_AT_ONCE = 32
_MORE, _LESS = (0.5, 1.0, 1.5), (-0.5, -1.0, -1.5)
"""Strengths on the sheets: a member's 1, 2 and 3, and less."""
_COUNTED = (0.5, 1.0, -1.0)
_ON_SHEET, _ACROSS, _QUALITY = 12, 2, 85

Crops = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Measured:
    """``metrics`` by name, and a JPEG each of people who are to smile more and less, where there are any."""

    metrics: Mapping[str, float]
    more: bytes | None
    less: bytes | None


def measured(network: EditorNetwork, faces: Faces, expression: Expression, progress: Progress) -> Measured:
    """Return how many held-out neutral faces smile, and how many smiling ones no longer do, with sheets of them."""
    _, held_out = faces.split()
    crops = np.array(faces.images[held_out])
    happy = happiness(expression, crops, progress)
    neutral, smiling = crops[happy < NEUTRAL], crops[happy > SMILING]
    metrics = {"held_out": float(len(neutral))}
    for strength in _COUNTED:
        if len(people := neutral if strength > 0 else smiling):
            smiles = happiness(expression, edit_crops(network, people, strength), progress) > 0
            metrics[f"labeller_sees_{strength:g}"] = float(smiles.mean())
    return Measured(metrics, _sheet(network, neutral, _MORE), _sheet(network, smiling, _LESS))


def edit_crops(network: EditorNetwork, crops: Crops, strength: float) -> Crops:
    """Return crops ``[n, 128, 128, 3]`` changed by ``strength``, at their own size."""
    return np.concatenate([*_edited(network, crops, strength)])


def _edited(network: EditorNetwork, crops: Crops, strength: float) -> Iterator[Crops]:
    for start in range(0, len(crops), _AT_ONCE):
        batch = crop_tensor(crops[start : start + _AT_ONCE])
        with torch.inference_mode():
            fields = network(lower(batch), torch.full((len(batch), 1), strength))
            changed = put_back(batch, apply(lower(batch), fields))
        yield changed.mul(255).round().to(torch.uint8).permute(0, 2, 3, 1).numpy()


def _sheet(network: EditorNetwork, crops: Crops, strengths: Sequence[float]) -> bytes | None:
    """Return people at even steps, before and at each strength, in two blocks side by side."""
    if not len(crops):
        return None
    people = crops[:: -(-len(crops) // _ON_SHEET)]
    people = people[: len(people) // _ACROSS * _ACROSS or 1]
    rows = np.stack([people, *(edit_crops(network, people, each) for each in strengths)], axis=1)
    blocks = [np.concatenate([np.concatenate([*row], axis=1) for row in block]) for block in _blocks(rows)]
    stream = io.BytesIO()
    Image.fromarray(np.concatenate(blocks, axis=1)).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _blocks(rows: NDArray[np.uint8]) -> Sequence[NDArray[np.uint8]]:
    return np.split(rows, _ACROSS if len(rows) >= _ACROSS else 1)
