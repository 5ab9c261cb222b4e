"""Alignment: faces cut out of a photo by their eyes, in one way, and laid back; the encoder's tokenizer, so to say.

A crop is a square in which the eyes lie at the same place, with hair and chin inside: at ``EYES`` for what is trained
now, and wherever its bundle says for an encoder. Knows nothing of how eyes are found.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]

Eyes = tuple[Point, Point]
"""Where the eyes lie in a crop, as shares of its side: first the left one as the upright face is seen."""

EYES: Eyes = ((0.355, 0.45), (0.645, 0.45))
VERSION = 1
"""Of all else that makes a crop what it is: how it is turned, scaled and smoothed."""
_FACE_BELOW, _FACE_WIDE, _FACE_HIGH = 0.11 / 0.29, 0.46 / 0.29, 0.43 / 0.29
"""How far a face's middle lies below its eyes, and half its width and height, in distances between the eyes."""
_LOWEST = 0.9
_MOST_SHRUNK = 2.8
"""Pixels of the photo across one of the crop: half as many across one of what is warped."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a face's eyes are, in pixels from the upper left corner: ``left`` is that of the face turned upright.

    ``tall`` is how many times as tall as usual it is for their distance: a bowed head is less, one turned aside more.
    """

    left: Point
    right: Point
    tall: float = 1.0

    @property
    def distance(self) -> float:
        """Pixels between the eyes."""
        return math.dist(self.left, self.right)


def standard(size: int, eyes: Eyes = EYES) -> Located:
    """Return where the eyes lie in a crop of ``size`` pixels."""
    (left_x, left_y), (right_x, right_y) = eyes
    return Located((left_x * size - 0.5, left_y * size - 0.5), (right_x * size - 0.5, right_y * size - 0.5))


def natural_size(face: Located, eyes: Eyes = EYES) -> int:
    """Return the side in pixels at which a crop has the photo's own resolution."""
    return max(1, round(face.distance / math.dist(*eyes)))


def crop(pixels: NDArray[np.uint8], face: Located, size: int, eyes: Eyes = EYES) -> NDArray[np.uint8]:
    """Return the face ``[size, size, 3]``: turned upright, antialiased, the edge repeated where the photo ends."""
    import cv2

    # The warp itself takes single pixels: shrink by areas first, and exact halves take a fraction of the time.
    shrink = natural_size(face, eyes) / size
    if shrink > _MOST_SHRUNK:
        pixels, face = _around(pixels, face, size, eyes)
    while shrink > _MOST_SHRUNK:
        height, width = (side // 2 for side in pixels.shape[:2])
        pixels = cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)
        face, shrink = _scaled(face, 0.5), shrink / 2
    detail = 2 * size if shrink > 1 else size
    warped = cv2.warpAffine(
        pixels,
        _matrix(face, standard(detail, eyes)),
        (detail, detail),
        flags=cv2.INTER_LINEAR if shrink > 1 else cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if detail != size:
        warped = cv2.resize(warped, (size, size), interpolation=cv2.INTER_AREA)
    return np.asarray(warped, dtype=np.uint8)


def beyond(face: Located, pixels: NDArray[np.uint8], eyes: Eyes = EYES) -> float:
    """Return how far a crop of the face reaches beyond the photo at most, as a share of its side."""
    height, width, _ = pixels.shape
    x, y = placed(face, 1, eyes) @ np.array([[-0.5, 0.5, -0.5, 0.5], [-0.5, -0.5, 0.5, 0.5], [1, 1, 1, 1]])
    farthest = max(-0.5 - x.min(), -0.5 - y.min(), x.max() - width + 0.5, y.max() - height + 0.5)
    return max(0.0, float(farthest) * math.dist(*eyes) / face.distance)


def resized(face: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """Return a crop ``[n, n, 3]`` at another size, antialiased as :func:`crop` is."""
    return crop(face, standard(len(face)), size)


def lay_back(
    pixels: NDArray[np.uint8],
    face: Located,
    patch: NDArray[np.uint8],
    eyes: Eyes = EYES,
    into: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint8]:
    """Return ``pixels`` with ``patch``, a changed crop of ``face``, blended in under its :func:`soft_mask`.

    The result is another picture, or ``into``, which has the same pixels, or is ``pixels`` itself.
    """
    import cv2

    matrix = placed(face, len(patch), eyes)
    result = pixels.copy() if into is None else into
    # Nothing changes elsewhere, and a photo is many times as large as its face.
    rows, columns = _reach(matrix, len(patch), pixels.shape)
    area = result[rows, columns]
    matrix[:, 2] -= columns.start, rows.start
    size = (area.shape[1], area.shape[0])
    across = cv2.warpAffine(patch, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    weight = cv2.warpAffine(soft_mask(len(patch), eyes), matrix, size, flags=cv2.INTER_LINEAR)[..., None]
    # In place: of a large face each further copy would be tens of megabytes.
    blended = across.astype(np.float32)
    blended -= area
    blended *= weight
    blended += area
    area[...] = np.clip(np.rint(blended, out=blended), 0, 255, out=blended)
    return result


def placed(face: Located, size: int, eyes: Eyes = EYES) -> NDArray[np.float64]:
    """Return the 2×3 matrix from pixels of a crop of ``size`` to those of the photo in which ``face`` lies."""
    return _matrix(standard(size, eyes), face)


def soft_mask(size: int, eyes: Eyes = EYES) -> NDArray[np.float32]:
    """Return ``[size, size]``: 1 over the face, fading to 0 before the crop's border."""
    across = (np.arange(size, dtype=np.float32) + 0.5) / size
    apart = math.dist(*eyes)
    x = (eyes[0][0] + eyes[1][0]) / 2
    y = min((eyes[0][1] + eyes[1][1]) / 2 + _FACE_BELOW * apart, _LOWEST)
    wide, high = min(_FACE_WIDE * apart, x, 1 - x), min(_FACE_HIGH * apart, y, 1 - y)
    right, down = (across[None, :] - x) / wide, (across[:, None] - y) / high
    inside = (1 - np.sqrt(right * right + down * down)) / 0.3
    return np.clip(inside, 0, 1).astype(np.float32)


def _matrix(source: Located, target: Located) -> NDArray[np.float64]:
    """Return the 2×3 matrix of the turn, scaling and shift that takes the one pair of eyes to the other.

    And of the stretch along the face, where one is taller than the other.
    """
    turn = _frame(target) @ np.linalg.inv(_frame(source))
    return np.column_stack([turn, target.left - turn @ source.left])


def _frame(face: Located) -> NDArray[np.float64]:
    """Return the 2×2 matrix whose columns are from eye to eye, and as far down a face that is as tall as usual."""
    x, y = face.right[0] - face.left[0], face.right[1] - face.left[1]
    return np.array([[x, -face.tall * y], [y, face.tall * x]])


def _reach(matrix: NDArray[np.float64], size: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the rows and columns of a picture of ``shape`` that a patch of ``size`` can touch."""
    corners = np.array([[-1, size, -1, size], [-1, -1, size, size], [1, 1, 1, 1]])
    first, last = np.floor((matrix @ corners).min(1)), np.ceil((matrix @ corners).max(1))
    left, top = np.maximum(first, 0).astype(int)
    right, bottom = np.minimum(last + 1, (shape[1], shape[0])).astype(int)
    return slice(int(top), int(bottom)), slice(int(left), int(right))


def _around(pixels: NDArray[np.uint8], face: Located, size: int, eyes: Eyes) -> tuple[NDArray[np.uint8], Located]:
    """Return the part of a photo that a crop shows, and the face in it: a photo is many times as large as its face."""
    rows, columns = _reach(placed(face, size, eyes), size, pixels.shape)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return pixels, face

    def moved(point: Point) -> Point:
        return point[0] - columns.start, point[1] - rows.start

    return pixels[rows, columns], replace(face, left=moved(face.left), right=moved(face.right))


def _scaled(face: Located, scale: float) -> Located:
    def moved(point: Point) -> Point:
        return (point[0] + 0.5) * scale - 0.5, (point[1] + 0.5) * scale - 0.5

    return replace(face, left=moved(face.left), right=moved(face.right))
