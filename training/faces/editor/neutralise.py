"""Neutralising, a plausible neutral face made of each one that smiles: pairs to learn from, made of single photos.

The mouth is closed and narrowed back by its landmarks, what was seen in it painted over with the lips' own tone. The
face before is not quite natural; the face after, which the editor has to draw, is a photo. Knows nothing of networks.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.common.progress import Progress
from training.faces.editor.landmarks import (
    CHIN,
    INNER,
    INNER_CORNERS,
    INNER_LOWER,
    INNER_UPPER,
    OUTER_LOWER,
    OUTER_UPPER,
    Points,
    spread,
)

_FIELD_SIDE, _REACH = 64, 0.045


def neutralised(  # noqa: PLR0913, PLR0917 - what, by which points, how far, by which chance, and who is told
    crops: NDArray[np.uint8], landmarks: Points, move: Points, share: float, seed: int, progress: Progress
) -> NDArray[np.uint8]:
    """Return each smiling crop with its mouth closed: ``landmarks`` are its points, ``move`` the mean smile.

    ``share`` is how much of the smile is taken away: of less than all of it, the teeth stay.
    """
    random = np.random.default_rng(seed)
    faces = np.empty_like(crops)
    for index, (crop, points) in enumerate(zip(crops, landmarks, strict=True)):
        faces[index] = _neutral(crop, points, move, share, random)
        progress(index + 1, len(crops))
    return faces


def _neutral(
    crop: NDArray[np.uint8], points: Points, move: Points, share: float, random: np.random.Generator
) -> NDArray[np.uint8]:
    closed = _closed(points - move * random.uniform(0.7, 1.3), points, random.uniform(0.35, 0.65))
    there = points + share * (closed - points)
    field = spread(there, points - there, _FIELD_SIDE, _REACH)
    without = _without_teeth(crop, points, random.uniform(0.4, 0.7))
    return _bent(without if share == 1 else crop, field)


def _closed(narrow: Points, points: Points, share: float) -> Points:
    """Return the landmarks ``narrow`` with the lips together, ``share`` of the way up from the lower one."""
    result = narrow.copy()
    openings = points[INNER_LOWER, 1] - points[INNER_UPPER, 1]
    gap = max(float(openings.mean()), 0.0)
    middle = result[INNER_UPPER] * (1 - share) + result[INNER_LOWER] * share
    result[INNER_UPPER], result[INNER_LOWER] = middle, middle
    result[INNER_CORNERS, 1] = (result[INNER_CORNERS, 1] + middle[:, 1].mean()) / 2
    along = np.maximum([gap * 0.45, *openings, gap * 0.45], 0)
    result[OUTER_UPPER, 1] += along * share * 0.9
    result[OUTER_LOWER, 1] -= along * (1 - share) * 0.9
    result[CHIN, 1] -= gap * 0.4
    return result


def _without_teeth(crop: NDArray[np.uint8], points: Points, shadow: float) -> NDArray[np.uint8]:
    """Return the crop with the inside of the mouth painted in the lips' tone, darkened to ``shadow`` of it."""
    size = len(crop)
    inside = np.zeros((size, size), np.float32)
    outline = np.round((points[INNER] * size - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(inside, [outline], 1.0, shift=4)
    weight = cv2.GaussianBlur(cv2.dilate(inside, np.ones((3, 3))), (0, 0), 0.8)[..., None]
    upper = (points[OUTER_UPPER] + points[[60, *INNER_UPPER, 64]]) / 2
    lower = (points[OUTER_LOWER] + points[[60, *INNER_LOWER, 64]]) / 2
    x, y = np.clip(np.concatenate([upper, lower]) * size, 0, size - 1).round().astype(int).T
    tone = np.median(crop[y, x], axis=0) * shadow
    return np.asarray(crop * (1 - weight) + tone * weight, np.uint8)


def _bent(crop: NDArray[np.uint8], field: NDArray[np.float32]) -> NDArray[np.uint8]:
    size = len(crop)
    flow = cv2.resize(field, (size, size), interpolation=cv2.INTER_CUBIC) * size
    across = np.arange(size, dtype=np.float32)
    x, y = across[None, :] + flow[..., 0], across[:, None] + flow[..., 1]
    return np.asarray(cv2.remap(crop, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)
