"""Where the faces in a photo are, by OpenCV's cascades (Viola & Jones 2001). Knows nothing of who they are."""

import threading
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.photos.aligning import Located, Point

if TYPE_CHECKING:
    import cv2

_LOOKED_AT = 640
"""Pixels of the longer side at which faces are looked for."""
_SMALLEST = 0.06
_FACES = ("haarcascade_frontalface_alt2.xml", "haarcascade_frontalface_default.xml")
"""The second is asked only where the first finds nobody: it finds more, and more that are none."""
_EYES = ("haarcascade_eye.xml", "haarcascade_eye_tree_eyeglasses.xml")
# Where eyes usually lie in the box that the cascade gives, as measured over portraits.
_USUAL_EYES = ((0.31, 0.38), (0.69, 0.38))
_ONE_AT_A_TIME = threading.Lock()

Box = tuple[int, int, int, int]


def find(pixels: NDArray[np.uint8]) -> tuple[Located, ...]:
    """Return every face in RGB ``pixels``, the largest first, with its eyes in pixels."""
    import cv2

    scale = min(1.0, _LOOKED_AT / max(pixels.shape[:2]))
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = (max(1, round(side * scale)) for side in grey.shape)
    small = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA) if scale < 1 else grey
    with _ONE_AT_A_TIME:  # a cascade keeps state while it looks
        boxes = _boxes(cv2.equalizeHist(small))
        eyes = [_eyes(small, box) for box in boxes]
    return tuple(Located(_unscaled(left, scale), _unscaled(right, scale)) for left, right in eyes)


def _boxes(grey: NDArray[np.uint8]) -> list[Box]:
    smallest = max(24, round(min(grey.shape) * _SMALLEST))
    for name in _FACES:
        found = _cascade(name).detectMultiScale(grey, 1.1, 4, minSize=(smallest, smallest))
        if len(found):
            boxes = [(int(x), int(y), int(width), int(height)) for x, y, width, height in found]
            return sorted(boxes, key=lambda box: -box[2])
    return []


def _eyes(grey: NDArray[np.uint8], box: Box) -> tuple[Point, Point]:
    """Return both eyes: as found, mended by where they usually are."""
    x, y, width, height = box
    usual = tuple((x + share_x * width, y + share_y * height) for share_x, share_y in _USUAL_EYES)
    left, right = (_eye(grey, box, side) or usual[side] for side in (0, 1))
    upright = abs(right[1] - left[1]) < 0.35 * (right[0] - left[0])
    apart = 0.27 * width < right[0] - left[0] < 0.55 * width
    return (left, right) if upright and apart else (usual[0], usual[1])


def _eye(grey: NDArray[np.uint8], box: Box, side: int) -> Point | None:
    """Return the middle of what the cascades take for the eye on this side of the face, or None."""
    x, y, width, height = box
    left, top = x + side * width // 2, y + height // 5
    half = grey[top : y + height * 11 // 20, left : left + width // 2]
    smallest = max(8, width // 8)
    for name in _EYES:
        found = _cascade(name).detectMultiScale(half, 1.05, 3, minSize=(smallest, smallest))
        if len(found):
            usual = (_USUAL_EYES[side][0] * width + x - left, _USUAL_EYES[side][1] * height + y - top)
            middles = [(eye[0] + eye[2] / 2, eye[1] + eye[3] / 2) for eye in found]
            best = min(middles, key=lambda at: (at[0] - usual[0]) ** 2 + (at[1] - usual[1]) ** 2)
            if (best[0] - usual[0]) ** 2 + (best[1] - usual[1]) ** 2 < (0.16 * width) ** 2:
                return left + best[0], top + best[1]
    return None


@cache
def _cascade(name: str) -> "cv2.CascadeClassifier":
    import cv2
    from cv2.data import haarcascades

    return cv2.CascadeClassifier(haarcascades + name)


def _unscaled(point: Point, scale: float) -> Point:
    return (point[0] + 0.5) / scale - 0.5, (point[1] + 0.5) / scale - 0.5
