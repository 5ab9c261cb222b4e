"""Changes a face in a photo by an editor's four small fields, at the photo's own resolution.

A network sees the lower face of the aligned crop, small, and answers with a flow (where each pixel comes from), a shade
(light that is added), and a mouth drawn anew with how much of it is seen. What is large in a face is thereby moved, not
drawn: skin, beard and light stay the photo's own. Knows nothing of networks.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import EYES, Eyes, Located, crop, placed

CROP_SIDE, WINDOW_SIDE = 128, 80
"""Pixels of the aligned crop that the window is cut from, and of the window itself."""
WINDOW_LEFT, WINDOW_TOP = 24, 46
COARSE_SIDE = 40
"""Pixels of the side of flow and shade."""
_FINER = 4
_SHARPEST, _DETAIL_FROM, _SAME_TONE = 0.35, 1.5, 24.0
"""Of the unsharp mask; pixels of the photo for one that is drawn; and how far two tones may be apart, of 255."""
_DRAWN_FROM, _DRAWN_TO = (0.04, 0.36), (0.96, 1.0)
"""The part of the window, as shares of its side, that ``alpha`` can be above 0 in."""


Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Fields:
    """What an editor answers about one window.

    ``flow [40, 40, 2]`` in shares of the window's side (x, y), ``shade [40, 40, 3]``, ``alpha [80, 80, 1]`` and
    ``colour [80, 80, 3]`` in shares of full light.
    """

    flow: NDArray[np.float32]
    shade: NDArray[np.float32]
    alpha: NDArray[np.float32]
    colour: NDArray[np.float32]


def window(pixels: NDArray[np.uint8], face: Located, eyes: Eyes = EYES) -> NDArray[np.uint8]:
    """Return the lower face ``[80, 80, 3]`` as an editor sees it; ``eyes`` are where they lie in its crops."""
    return window_of(crop(pixels, face, CROP_SIDE, eyes))


def window_of(crops: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the windows ``[…, 80, 80, 3]`` of aligned crops ``[…, 128, 128, 3]``."""
    bottom, right = WINDOW_TOP + WINDOW_SIDE, WINDOW_LEFT + WINDOW_SIDE
    return np.ascontiguousarray(crops[..., WINDOW_TOP:bottom, WINDOW_LEFT:right, :])


def edited(pixels: NDArray[np.uint8], face: Located, fields: Fields, eyes: Eyes = EYES) -> NDArray[np.uint8]:
    """Return ``pixels`` with ``face`` changed: what the fields leave alone stays as it is, bit for bit."""
    import cv2

    unit = _unit_square(face, eyes)
    result = pixels.copy()
    rows, columns = _box(unit, (0.0, 0.0), (1.0, 1.0), pixels.shape)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return result
    flow = cv2.transform(_at(fields.flow, unit, rows, columns), unit[:, :2])
    flow[..., 0] += np.arange(columns.start, columns.stop, dtype=np.float32)[None, :]
    flow[..., 1] += np.arange(rows.start, rows.stop, dtype=np.float32)[:, None]
    moved = cv2.remap(pixels, flow, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    result[rows, columns] = cv2.add(moved, _at(255 * fields.shade, unit, rows, columns), dtype=cv2.CV_8U)
    _draw(result, fields, unit)
    return result


def _draw(result: NDArray[np.uint8], fields: Fields, unit: NDArray[np.float64]) -> None:
    """Blend the mouth that is drawn anew into ``result``."""
    rows, columns = _box(unit, _DRAWN_FROM, _DRAWN_TO, result.shape)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    area = result[rows, columns]
    blended = _at(255 * _crisp(fields.colour, unit), unit, rows, columns)
    _give_detail(blended, area, math.hypot(*unit[:, 0]) / WINDOW_SIDE)
    blended -= area
    blended *= np.clip(_at(fields.alpha, unit, rows, columns), 0, 1)[..., None]
    blended += area
    area[...] = np.clip(np.rint(blended, out=blended), 0, 255, out=blended)


def _crisp(colour: NDArray[np.float32], unit: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return what is drawn with its edges raised where it will be enlarged: an unsharp mask."""
    import cv2

    enlarged = math.hypot(*unit[:, 0]) / WINDOW_SIDE
    amount = _SHARPEST * min(max(enlarged - 1, 0), 1)
    return np.asarray(np.clip(colour + amount * (colour - cv2.GaussianBlur(colour, (0, 0), 1)), 0, 1), np.float32)


def _give_detail(drawn: NDArray[np.float32], photo: Picture, pixel: float) -> None:
    """Add to what is ``drawn`` the photo's own detail, finer than a drawn ``pixel``, where it is of the same tone.

    Skin around a mouth, a beard and lips thereby stay what they were; teeth, where there were none, get no lips' grain.
    """
    import cv2

    if pixel < _DETAIL_FROM:
        return
    height, width = photo.shape[:2]
    coarse = (max(1, round(width / pixel)), max(1, round(height / pixel)))
    smooth = cv2.resize(
        cv2.resize(photo, coarse, interpolation=cv2.INTER_AREA), (width, height), interpolation=cv2.INTER_LINEAR
    )
    off = cv2.absdiff(drawn, smooth.astype(np.float32)).max(2, keepdims=True)
    drawn += cv2.subtract(photo, smooth, dtype=cv2.CV_32F) * np.clip(1.5 - off / _SAME_TONE, 0, 1)


def _unit_square(face: Located, eyes: Eyes) -> NDArray[np.float64]:
    """Return the 2×3 matrix from the window, 1 long and wide, to where its points lie in the photo's pixels."""
    scale = WINDOW_SIDE
    cut = np.array([[scale, 0, WINDOW_LEFT - 0.5], [0, scale, WINDOW_TOP - 0.5], [0, 0, 1]])
    return np.asarray(placed(face, CROP_SIDE, eyes) @ cut)


def _at(field: NDArray[np.float32], unit: NDArray[np.float64], rows: slice, columns: slice) -> NDArray[np.float32]:
    """Return a field of the window at each of the photo's pixels in ``rows`` and ``columns``, 0 outside of it."""
    import cv2

    # Smoothly to a few hundred pixels, and from there straight: of a large face that is a third of the time.
    fine = cv2.resize(field, None, fx=_FINER, fy=_FINER, interpolation=cv2.INTER_CUBIC)
    count = len(fine)
    matrix = unit @ np.array([[1 / count, 0, 0.5 / count], [0, 1 / count, 0.5 / count], [0, 0, 1]])
    matrix[:, 2] -= columns.start, rows.start
    size = (columns.stop - columns.start, rows.stop - rows.start)
    return np.asarray(cv2.warpAffine(fine, matrix, size, flags=cv2.INTER_LINEAR), np.float32)


def _box(
    unit: NDArray[np.float64], first: tuple[float, float], last: tuple[float, float], shape: tuple[int, ...]
) -> tuple[slice, slice]:
    """Return the photo's rows and columns that the window from ``first`` to ``last`` can touch."""
    (left, top), (right, bottom) = first, last
    corners = unit @ np.array([[left, right, left, right], [top, top, bottom, bottom], [1, 1, 1, 1]])
    least = np.maximum(np.floor(corners.min(1)), 0).astype(int)
    most = np.minimum(np.ceil(corners.max(1)) + 1, (shape[1], shape[0])).astype(int)
    return slice(int(least[1]), int(most[1])), slice(int(least[0]), int(most[0]))
