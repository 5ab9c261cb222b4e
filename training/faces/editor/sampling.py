"""Sampling of the batches of an editor's training from its examples: which faces, how placed, how strongly to smile.

Everything follows from the seed and the step's number, so that a stopped training goes on as if it had not stopped.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.photos.editing import CROP_SIDE
from training.faces.editor.critic import SORTS
from training.faces.editor.examples import CLOSED_SMILE, WIDEST_GRIN, Examples
from training.faces.editor.fields import crop_tensor, windows

GRIN = 0.65
"""Strengths above it are grins, below it smiles with closed lips: each is compared with its like."""
_CLOSED_SHARE = 1 / 3
_TURN, _SCALE, _SHIFT = 3.0, 0.05, 2.0
"""Standard deviations of how wrong a finder may be: degrees, a share, pixels of a crop."""
_WORST_SCALE, _WORST_SHIFT = 0.12, 5.0
_STREAMS = {"teacher": 0, "critic": 1, "editor": 2}

Crops = NDArray[np.uint8]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Batch:
    """Faces to change: ``neutral`` ones, neutral faces made of smiling ones, and the first of each pair.

    ``crops`` are the neutral ones whole, ``wanted`` and ``wanted_pairs`` what should come of the others. ``strength``
    is that of all, one after the other, and ``sort`` that of the first two.
    """

    crops: Tensor
    before: Tensor
    wanted: Tensor
    pairs: Tensor
    wanted_pairs: Tensor
    strength: Tensor
    sort: Tensor


class Sampler:
    """Draws from ``examples`` what each step needs."""

    def __init__(self, examples: Examples, seed: int) -> None:
        """Take what to draw from, and what the random numbers follow from."""
        self._examples, self._seed = examples, seed
        self._random = np.random.default_rng(seed)
        self._closed = _or_all(np.flatnonzero(examples.strength < GRIN), examples.strength)
        self._grins = _or_all(np.flatnonzero(examples.strength >= GRIN), examples.strength)
        sorts = sort_of(torch.from_numpy(examples.sex[examples.smiling]), torch.from_numpy(examples.strength)).numpy()
        self._of_sort = [_or_all(np.flatnonzero(sorts == sort), examples.strength) for sort in range(SORTS)]

    def begin(self, learner: str, step: int) -> None:
        """Let all that is random in ``step`` follow from its number and from which ``learner`` it is."""
        stream = _STREAMS[learner]
        self._random = np.random.default_rng((self._seed, stream, step))
        torch.manual_seed((self._seed << 32) + step * len(_STREAMS) + stream)

    def batch(self, size: int, of_pairs: int) -> Batch:
        """Return ``size`` neutral faces, as many smiling ones with their neutral faces, and some pairs."""
        examples = self._examples
        neutral, smiles = self._random.choice(examples.neutral, size), self._smiles(size)
        positions = examples.smiling[smiles]
        count = of_pairs if len(examples.pairs) else 0
        chosen = self._random.integers(0, max(len(examples.pairs), 1), count)
        pairs = examples.pairs[chosen]
        lists = (
            crop_tensor(self._moved(examples.crops[neutral])[0]),
            *map(windows, self._moved(examples.before[smiles], examples.crops[positions])),
            *map(windows, self._moved(pairs[:, 0], pairs[:, 1])),
        )
        mirrored = self._random.random() < 0.5
        whole, before, wanted, first, second = (pictures.flip(3) if mirrored else pictures for pictures in lists)
        near = examples.strength[smiles] * self._random.uniform(0.9, 1.1, size)
        strengths = np.concatenate([self._strengths(size), near, examples.pair_strength[chosen]])
        strength = torch.tensor(strengths, dtype=torch.float32)
        sex = torch.from_numpy(examples.sex[np.concatenate([neutral, positions])])
        return Batch(whole, before, wanted, first, second, strength[:, None], sort_of(sex, strength[: 2 * size]))

    def real(self, sorts: Tensor) -> Tensor:
        """Return windows of faces that really smile, one of each of ``sorts``."""
        chosen = np.array([self._random.choice(self._of_sort[sort]) for sort in sorts.tolist()])
        return self._windows(self._examples.crops[self._examples.smiling[chosen]])

    def lesson(self, smiling: int, neutral: int, made: int) -> Tensor:
        """Return windows to tell apart: those that smile, those that do not, and those made of smiling ones."""
        examples = self._examples
        real = self._windows(examples.crops[examples.smiling[self._smiles(smiling)]])
        plain = self._windows(examples.crops[self._random.choice(examples.neutral, neutral)])
        return torch.cat([real, plain, self._windows(examples.before[self._smiles(made)])])

    def _windows(self, crops: Crops) -> Tensor:
        cut_out = windows(self._moved(crops)[0])
        return cut_out.flip(3) if self._random.random() < 0.5 else cut_out

    def _smiles(self, count: int) -> Positions:
        closed = self._random.random(count) < _CLOSED_SHARE
        return np.where(closed, self._random.choice(self._closed, count), self._random.choice(self._grins, count))

    def _strengths(self, count: int) -> NDArray[np.floating]:
        closed = self._random.random(count) < _CLOSED_SHARE
        gentle = self._random.uniform(2 * CLOSED_SMILE - GRIN, GRIN, count)
        return np.where(closed, gentle, self._random.uniform(GRIN, WIDEST_GRIN, count))

    def _moved(self, *lists: Crops) -> list[Crops]:
        """Return crops as a finder might have cut them, the same place of each list in the same way."""
        results = [np.empty_like(crops) for crops in lists]
        for index in range(len(lists[0])):
            matrix = self._slip()
            for crops, result in zip(lists, results, strict=True):
                result[index] = cv2.warpAffine(
                    crops[index], matrix, (CROP_SIDE, CROP_SIDE), borderMode=cv2.BORDER_REPLICATE
                )
        return results

    def _slip(self) -> NDArray[np.float64]:
        turn, scale, *shift = self._random.standard_normal(4)
        larger = float(np.exp(np.clip(_SCALE * scale, -_WORST_SCALE, _WORST_SCALE)))
        matrix = cv2.getRotationMatrix2D((CROP_SIDE / 2, CROP_SIDE / 2), _TURN * turn, larger)
        matrix[:, 2] += np.clip(_SHIFT * np.array(shift), -_WORST_SHIFT, _WORST_SHIFT)
        return np.asarray(matrix, np.float64)


def sort_of(sex: Tensor, strength: Tensor) -> Tensor:
    """Return with whom each is compared: those of its sex that smile as openly."""
    return sex + 3 * (strength.flatten() >= GRIN)


def _or_all(positions: Positions, of: NDArray[np.generic]) -> Positions:
    """Return ``positions``, or every position of ``of`` where there are none."""
    return positions if len(positions) else np.arange(len(of))
