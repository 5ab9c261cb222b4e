"""The 68 landmarks of aligned crops, what a smile moves of them on average, and smooth fields from moved points.

Knows nothing of networks but the bot's own for landmarks.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.photos.networks import POINTS_SIDE, points
from training.common.progress import Progress

Points = NDArray[np.floating]

INNER_UPPER, INNER_LOWER = [61, 62, 63], [67, 66, 65]
OUTER_UPPER, OUTER_LOWER = [49, 50, 51, 52, 53], [59, 58, 57, 56, 55]
INNER_CORNERS, INNER = [60, 64], slice(60, 68)
CHIN = slice(6, 11)
_ABOVE_MOUTH = slice(17, 31)
"""Brows and the bridge of the nose: what a smile does not move, so that two faces can be laid over one another."""
_ROOM, _MIDDLE = 0.86, 0.56
_AT_ONCE = 64
_MIRRORED = [
    *range(16, -1, -1), *range(26, 16, -1), *range(27, 31), *range(35, 30, -1),
    45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
    54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,
]  # fmt: skip
"""Which landmark each one is in the mirror."""


def landmarks(crops: NDArray[np.uint8], progress: Progress) -> Points:
    """Return ``[n, 68, 2]`` of crops ``[n, s, s, 3]``, x and y in shares of a crop's side."""
    size = crops.shape[1]
    side = round(size * _ROOM)
    left, top = round(size / 2 - side / 2), round(size * _MIDDLE - side / 2)
    batches = []
    for start in range(0, len(crops), _AT_ONCE):
        mouths = crops[start : start + _AT_ONCE, top : top + side, left : left + side]
        batch = np.stack(
            [cv2.resize(mouth, (POINTS_SIDE, POINTS_SIDE), interpolation=cv2.INTER_LINEAR) for mouth in mouths]
        )
        batches.append(points(batch.astype(np.uint8)))
        progress(start + len(batch), len(crops))
    return np.asarray((np.concatenate(batches) * side + (left, top)) / size)


def mean_smile(smiling: Points, neutral: Points) -> Points:
    """Return how far a smile moves each landmark ``[68, 2]`` on average: the same on both sides."""
    moved = (smiling - _settled(smiling)).mean(0) - (neutral - _settled(neutral)).mean(0)
    return np.asarray((moved + moved[_MIRRORED] * (-1, 1)) / 2)


def gaps(faces: Points) -> NDArray[np.floating]:
    """Return how far each mouth is open, in shares of a crop's side."""
    return np.asarray((faces[:, INNER_LOWER, 1] - faces[:, INNER_UPPER, 1]).mean(1))


def spread(at: Points, move: Points, size: int, reach: float) -> NDArray[np.float32]:
    """Return a smooth field ``[size, size, 2]`` over a crop that is ``move`` at the points ``at`` and 0 far away.

    Interpolation with Gaussian kernels of width ``reach``, a little regularised.
    """
    weights = np.linalg.solve(_kernel(at, at, reach) + 0.05 * np.eye(len(at)), move)
    grid = (np.stack(np.meshgrid(np.arange(size), np.arange(size)), -1).reshape(-1, 2) + 0.5) / size
    return (_kernel(grid, at, reach) @ weights).reshape(size, size, 2).astype(np.float32)


def _settled(faces: Points) -> Points:
    return np.asarray(faces[:, _ABOVE_MOUTH].mean(1, keepdims=True))


def _kernel(first: Points, second: Points, reach: float) -> Points:
    apart = ((first[:, None] - second[None]) ** 2).sum(-1)
    return np.asarray(np.exp(-apart / (2 * reach**2)))
