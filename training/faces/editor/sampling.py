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
from training.faces.editor.fields import crop_tensor, lower, windows
from training.faces.editor.lighting import Light
from training.faces.editor.occlusion import drawn_like, occluded

GRIN, NEUTRAL = 0.65, -0.7
"""Strengths above the first are grins, between them smiles with closed lips, and below the second no smile is left:
each is compared with its like."""
_CLOSED_SHARE, _POSED_SHARE, _HALF_SHARE = 1 / 3, 1 / 6, 1 / 3
_HALF, _WHOLE = (-0.6, -0.4), (-WIDEST_GRIN, -0.8)
"""Strengths of those who are to smile less, and of those who are to smile no more."""
_LEAST = 0.2
_KEPT_SMILING, _KEPT_NEUTRAL, _KEPT_DRAWN = 0.35, 0.25, 0.15
"""Shares of faces that stay: smiles asked for more, neutral ones for less, and drawn ones; the others are covered."""
_ASKED_FOR_MUCH, _LENIENCE = 1.0, 0.4
"""Strength from which on who smiles may smile a little more, and how much a change counts there."""
_TURN, _SCALE, _SHIFT = 3.0, 0.05, 2.0
"""Standard deviations of how wrong a finder may be: degrees, a share, pixels of a crop."""
_WORST_SCALE, _WORST_SHIFT = 0.12, 5.0
_PLAIN = 6
"""The first sort of those who do not smile."""
_STREAMS = {"teacher": 0, "critic": 1, "editor": 2}

Crops = NDArray[np.uint8]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Batch:
    """Faces to change, and what should come of them.

    ``crops`` are neutral ones, whole; ``before`` neutral windows made of the smiling ones ``wanted``; ``grins`` smiling
    ones that are to smile less, as in ``less``; ``pairs`` one photo of a person, ``wanted_pairs`` the other; and
    ``kept`` what is to stay as it is, each with the ``weight`` of a change. ``strength`` is that of all, one after the
    other, and ``sort`` that of the first three.
    """

    crops: Tensor
    before: Tensor
    wanted: Tensor
    grins: Tensor
    less: Tensor
    pairs: Tensor
    wanted_pairs: Tensor
    kept: Tensor
    weight: Tensor
    strength: Tensor
    sort: Tensor

    @property
    def windows(self) -> Tensor:
        """All that is to be changed."""
        return torch.cat([lower(self.crops), self.before, self.grins, self.pairs, self.kept])

    def parted(self, changed: Tensor) -> tuple[Tensor, ...]:
        """Return what became of ``crops``, ``before``, ``grins``, ``pairs`` and ``kept``."""
        lists = (self.crops, self.before, self.grins, self.pairs, self.kept)
        return torch.split(changed, [len(each) for each in lists])


class Sampler:
    """Draws from ``examples`` what each step needs."""

    def __init__(self, examples: Examples, seed: int, hard_light: float) -> None:
        """Take what to draw from, what the random numbers follow from, and the share of faces in another light."""
        self._examples, self._seed, self._hard_light = examples, seed, hard_light
        self._random = np.random.default_rng(seed)
        self._closed = _or_all(np.flatnonzero(examples.strength < GRIN), examples.strength)
        self._grins = _or_all(np.flatnonzero(examples.strength >= GRIN), examples.strength)
        sex = torch.from_numpy(examples.sex)
        smiles = sort_of(sex[examples.smiling], torch.from_numpy(examples.strength)).numpy()
        plain = sort_of(sex[examples.neutral], torch.full((len(examples.neutral),), NEUTRAL - 1)).numpy()
        self._of_sort = [
            examples.smiling[_or_all(np.flatnonzero(smiles == sort), smiles)] if sort < _PLAIN
            else examples.neutral[_or_all(np.flatnonzero(plain == sort), plain)]
            for sort in range(SORTS)
        ]  # fmt: skip

    def begin(self, learner: str, step: int) -> None:
        """Let all that is random in ``step`` follow from its number and from which ``learner`` it is."""
        stream = _STREAMS[learner]
        self._random = np.random.default_rng((self._seed, stream, step))
        torch.manual_seed((self._seed << 32) + step * len(_STREAMS) + stream)

    def batch(self, size: int, of_pairs: int = 0, kept: int = 0) -> Batch:
        """Return ``size`` neutral faces, as many smiling ones with their neutral faces, half as many to smile less.

        And some pairs, of which every fourth is to smile no more, and some to be ``kept`` as they are.
        """
        examples, random = self._examples, self._random
        neutral, smiles, grins = self._neutral(size), self._smiles(size), self._smiles(max(size // 2, 1))
        less, less_strength = self._less(grins)
        first, second, pair_strength = self._pairs(of_pairs if len(examples.pairs) else 0)
        kept_crops, kept_strength, weight = self._kept(kept)
        lists = (
            crop_tensor(self._moved(examples.crops[neutral])[0]),
            *map(windows, self._moved(examples.before[smiles], examples.crops[examples.smiling[smiles]])),
            *map(windows, self._moved(examples.crops[examples.smiling[grins]], less)),
            *map(windows, self._moved(first, second)),
            *map(windows, self._moved(kept_crops)),
        )
        mirrored = random.random() < 0.5
        crops, before, wanted, grin, softened, one, other, same = (each.flip(3) if mirrored else each for each in lists)
        near = examples.strength[smiles] * random.uniform(0.9, 1.1, size)
        strengths = [self._strengths(size), near, less_strength, pair_strength, kept_strength]
        strength = torch.tensor(np.concatenate(strengths), dtype=torch.float32)
        positions = np.concatenate([neutral, examples.smiling[smiles], examples.smiling[grins]])
        sort = sort_of(torch.from_numpy(examples.sex[positions]), strength[: len(positions)])
        weights = torch.tensor(weight, dtype=torch.float32)
        return Batch(crops, before, wanted, grin, softened, one, other, same, weights, strength[:, None], sort)

    def real(self, sorts: Tensor) -> Tensor:
        """Return windows of faces as they really are, one of each of ``sorts``."""
        chosen = np.array([self._random.choice(self._of_sort[sort]) for sort in sorts.tolist()])
        return self._windows(self._examples.crops[chosen])

    def lesson(self, smiling: int, neutral: int, made: int) -> Tensor:
        """Return windows to tell apart: those that smile, those that do not, and those made of smiling ones."""
        examples = self._examples
        real = self._windows(examples.crops[examples.smiling[self._smiles(smiling)]])
        plain = self._windows(examples.crops[self._neutral(neutral)])
        return torch.cat([real, plain, self._windows(examples.before[self._smiles(made)])])

    def _windows(self, crops: Crops) -> Tensor:
        cut_out = windows(self._moved(crops)[0])
        return cut_out.flip(3) if self._random.random() < 0.5 else cut_out

    def _neutral(self, count: int) -> Positions:
        examples = self._examples
        chosen = self._random.choice(examples.neutral, count)
        if not len(examples.posed):
            return chosen
        posed = self._random.random(count) < _POSED_SHARE
        return np.where(posed, self._random.choice(examples.posed, count), chosen)

    def _less(self, grins: Positions) -> tuple[Crops, NDArray[np.floating]]:
        """Return what those who smile look like when they smile less or no more, and how much less that is."""
        half = self._random.random(len(grins)) < _HALF_SHARE
        strength = np.where(half, self._random.uniform(*_HALF, len(grins)), self._random.uniform(*_WHOLE, len(grins)))
        faces = np.where(half[:, None, None, None], self._examples.softer[grins], self._examples.before[grins])
        return faces, strength

    def _pairs(self, count: int) -> tuple[Crops, Crops, NDArray[np.floating]]:
        """Return two photos of each person and by how much the first is to smile more to be the second."""
        chosen = self._random.integers(0, max(len(self._examples.pairs), 1), count)
        pairs, strength = self._examples.pairs[chosen], self._examples.pair_strength[chosen].copy()
        back = np.arange(count) % 4 == 3
        pairs[back] = pairs[back, ::-1]
        strength[back] = self._random.uniform(*_WHOLE, back.sum())
        return pairs[:, 0], pairs[:, 1], strength

    def _kept(self, count: int) -> tuple[Crops, NDArray[np.floating], NDArray[np.floating]]:
        """Return faces that are not to change, what is asked of them, and how much a change counts."""
        kept = [self._kept_one() for _ in range(count)]
        faces = np.array([face for face, _, _ in kept], np.uint8).reshape(-1, CROP_SIDE, CROP_SIDE, 3)
        return faces, np.array([each for _, each, _ in kept]), np.array([weight for _, _, weight in kept])

    def _kept_one(self) -> tuple[NDArray[np.uint8], float, float]:
        examples, random, crops = self._examples, self._random, self._examples.crops
        strength, kind = random.uniform(_LEAST, WIDEST_GRIN), random.random()
        smiling = crops[examples.smiling[self._smiles(1)[0]]]
        if kind < _KEPT_SMILING:
            return smiling, strength, _LENIENCE if strength > _ASKED_FOR_MUCH else 1.0
        neutral = crops[self._neutral(1)[0]]
        if kind < _KEPT_SMILING + _KEPT_NEUTRAL:
            return neutral, -strength, 1.0
        face = neutral if random.random() < 0.7 else smiling
        signed = strength if face is neutral else -strength
        if kind < _KEPT_SMILING + _KEPT_NEUTRAL + _KEPT_DRAWN:
            if len(examples.drawings) and random.random() < 0.5:
                return examples.drawings[random.integers(len(examples.drawings))], signed, 1.0
            return drawn_like(face, random), signed, 1.0
        return occluded(face, crops[random.integers(len(crops))], random), signed, 1.0

    def _smiles(self, count: int) -> Positions:
        closed = self._random.random(count) < _CLOSED_SHARE
        return np.where(closed, self._random.choice(self._closed, count), self._random.choice(self._grins, count))

    def _strengths(self, count: int) -> NDArray[np.floating]:
        closed = self._random.random(count) < _CLOSED_SHARE
        gentle = self._random.uniform(2 * CLOSED_SMILE - GRIN, GRIN, count)
        return np.where(closed, gentle, self._random.uniform(GRIN, WIDEST_GRIN, count))

    def _moved(self, *lists: Crops) -> list[Crops]:
        """Return crops as a finder might have cut them, some in another light: the same place of each list alike."""
        results = [np.empty_like(crops) for crops in lists]
        for index in range(len(lists[0])):
            matrix, light = self._slip(), Light.drawn(self._random, self._hard_light)
            mean = float(lists[0][index].mean())
            for crops, result in zip(lists, results, strict=True):
                lit = crops[index] if light is None else light.on(crops[index], mean)
                result[index] = cv2.warpAffine(lit, matrix, (CROP_SIDE, CROP_SIDE), borderMode=cv2.BORDER_REPLICATE)
        return results

    def _slip(self) -> NDArray[np.float64]:
        turn, scale, *shift = self._random.standard_normal(4)
        larger = float(np.exp(np.clip(_SCALE * scale, -_WORST_SCALE, _WORST_SCALE)))
        matrix = cv2.getRotationMatrix2D((CROP_SIDE / 2, CROP_SIDE / 2), _TURN * turn, larger)
        matrix[:, 2] += np.clip(_SHIFT * np.array(shift), -_WORST_SHIFT, _WORST_SHIFT)
        return np.asarray(matrix, np.float64)


def sort_of(sex: Tensor, strength: Tensor) -> Tensor:
    """Return with whom each is compared: those of its sex that smile as openly, or as little."""
    return sex + 3 * (strength.flatten() >= GRIN) + _PLAIN * (strength.flatten() < NEUTRAL)


def _or_all(positions: Positions, of: NDArray[np.generic]) -> Positions:
    """Return ``positions``, or every position of ``of`` where there are none."""
    return positions if len(positions) else np.arange(len(of))
