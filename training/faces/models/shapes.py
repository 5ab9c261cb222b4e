"""Shapes: the 68 landmarks of aligned faces, and smooth fields that bend each face to the mean shape.

In the mean shape every mouth lies where every other one does, so that faces can be added up without smearing (active
appearance models: Cootes, Edwards & Taylor 2001). Knows nothing of what is learnt from it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.photos.networks import POINTS_SIDE, points

Points = NDArray[np.floating]
"""``[n, 68, 2]``: x and y in shares of a picture's side."""
Pictures = NDArray[np.uint8]

FIELD = 32
"""The side of a field; a bend is smooth, so that a few numbers hold it."""
_LOOKED_AT, _AROUND, _ROUNDS = 64, 1.2, 3
_NEAR, _FAR, _FAR_COUNTS = 0.05, 0.2, 2.5
"""The widths of the two kernels by which a field follows its landmarks, and how much more the wide one counts."""
_SMOOTH = 0.05
_FARTHEST = 0.25
_AT_ONCE = 64


def find_points(pictures: Pictures) -> Points:
    """Return the landmarks of ``pictures [n, s, s, 3]``, which are all aligned alike."""
    window = np.array([0.0, 0.0, 1.0])
    for _ in range(_ROUNDS):
        window = _window(_points_in(pictures[:_LOOKED_AT], window))
    return _points_in(pictures, window)


def mean_shape(shapes: Points) -> Points:
    """Return the mean shape ``[68, 2]``; a few misplaced landmarks move it nowhere."""
    return np.asarray(np.median(shapes, axis=0))


def fields(shapes: Points, mean: Points) -> NDArray[np.float32]:
    """Return ``[n, FIELD, FIELD, 2]``: for each place in the mean shape, how far away that place of a face lies."""
    grid = (np.stack(np.meshgrid(np.arange(FIELD), np.arange(FIELD)), -1).reshape(-1, 2) + 0.5) / FIELD
    weights = _kernel(grid, mean) @ np.linalg.inv(_kernel(mean, mean) + _SMOOTH * np.eye(len(mean)))
    bends = np.einsum("gk,nkc->ngc", weights, shapes - mean).clip(-_FARTHEST, _FARTHEST)
    return np.asarray(bends.reshape(-1, FIELD, FIELD, 2), np.float32)


def bent(picture: Pictures, field: NDArray[np.float32]) -> Pictures:
    """Return ``picture [s, s, 3]`` in the mean shape."""
    size = len(picture)
    here = np.stack(np.meshgrid(np.arange(size), np.arange(size)), -1).astype(np.float32)
    there = here + size * cv2.resize(field, (size, size), interpolation=cv2.INTER_LINEAR)
    there_x, there_y = there[..., 0], there[..., 1]
    bend = cv2.remap(picture, there_x, there_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bend, np.uint8)


def _points_in(pictures: Pictures, window: NDArray[np.floating]) -> Points:
    """Return the landmarks as seen in the square ``window``: its left and upper edge and its side, in shares."""
    left, top, side = window
    size = pictures.shape[1]
    scale = POINTS_SIDE / (side * size)
    matrix = np.array([[scale, 0, -left * size * scale], [0, scale, -top * size * scale]])
    batches = []
    for start in range(0, len(pictures), _AT_ONCE):
        seen = [
            cv2.warpAffine(picture, matrix, (POINTS_SIDE, POINTS_SIDE), borderMode=cv2.BORDER_REPLICATE)
            for picture in np.array(pictures[start : start + _AT_ONCE])
        ]
        batches.append(points(np.stack(seen).astype(np.uint8)))
    return np.asarray(np.concatenate(batches) * side + (left, top))


def _window(shapes: Points) -> NDArray[np.floating]:
    """Return the square around a mean shape with the room that the network is used to."""
    mean = mean_shape(shapes)
    least, most = mean.min(0), mean.max(0)
    side = float((most - least).max()) * _AROUND
    left, top = (least + most) / 2 - side / 2
    return np.array([left, top, side])


def _kernel(places: Points, others: Points) -> Points:
    apart = ((places[:, None] - others[None]) ** 2).sum(-1)
    return np.asarray(np.exp(-apart / (2 * _NEAR**2)) + _FAR_COUNTS * np.exp(-apart / (2 * _FAR**2)))
