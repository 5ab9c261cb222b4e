"""Squares of a photo, of any size and turned by any angle, as small pictures for a network. Knows nothing of faces."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LONGEST_SIDE = 1280
_SMALLEST_LEVEL = 96
_MOST_CONTRAST, _PARTS = 2.0, 4
_NEAR = 0.7


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a photo: its middle and side in pixels, counted from the photo's corner, and how far it is turned."""

    x: float
    y: float
    side: float
    angle: float

    def moved(self, right: float = 0, down: float = 0, scale: float = 1, turn: float = 0) -> "Square":
        """Return the square shifted by shares of its own side, in its own directions, then scaled and turned."""
        x, y = self.places(np.array([0.5 + right, 0.5 + down]))
        return Square(float(x), float(y), self.side * scale, self.angle + turn)

    def places(self, shares: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return where in the photo the points ``[…, 2]`` of the square lie, given as shares of its side."""
        return np.asarray((shares - 0.5) * self.side @ turned(self.angle).T + (self.x, self.y))


def turned(angle: float) -> NDArray[np.float64]:
    """Return the 2×2 matrix that turns by ``angle``, clockwise as a photo's y goes down."""
    return np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])


class Photo:
    """A photo at its own size, a half, a quarter and so on, so that a large square is seen as sharp as a small one."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        import cv2

        self.scale = min(1.0, _LONGEST_SIDE / max(pixels.shape[:2]))
        """Pixels here for one of the photo's; squares are counted in these."""
        level = pixels if self.scale == 1 else _sized(pixels, self.scale)
        self.height, self.width = level.shape[:2]
        self._levels = [level]
        while min(level.shape[:2]) > _SMALLEST_LEVEL:
            level = cv2.resize(level, (level.shape[1] // 2, level.shape[0] // 2), interpolation=cv2.INTER_AREA)
            self._levels.append(level)

    def in_even_light(self) -> "Photo":
        """Return the photo in greys, dark and light evened out part by part (Zuiderveld 1994: CLAHE)."""
        import cv2

        grey = cv2.cvtColor(self._levels[0], cv2.COLOR_RGB2GRAY)
        even = cv2.createCLAHE(_MOST_CONTRAST, (_PARTS, _PARTS)).apply(grey)
        photo = Photo(cv2.cvtColor(even, cv2.COLOR_GRAY2RGB))
        photo.scale = self.scale
        return photo

    def whole(self, angle: float, room: float) -> Square:
        """Return the square turned by ``angle`` that holds all of the photo, ``room`` times as large as it must be."""
        across = np.abs(turned(angle)) @ (self.width, self.height)
        return Square(self.width / 2, self.height / 2, float(across.max()) * room, angle)

    def inside(self, square: Square) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return from where to where (x, y) the photo lies in ``square``, as shares of its side, from 0 to 1."""
        corners = np.array([(x, y) for x in (0, self.width) for y in (0, self.height)])
        shares = (corners - (square.x, square.y)) @ turned(square.angle) / square.side + 0.5
        return shares.min(0).clip(0, 1), shares.max(0).clip(0, 1)

    def picture(
        self, square: Square, size: int, *, mirrored: bool = False, beyond: tuple[int, int, int] | None = None
    ) -> NDArray[np.uint8]:
        """Return ``square`` as RGB ``[size, size, 3]``; beyond the photo is its edge repeated, or a colour."""
        import cv2

        level = self._levels[self._level(square.side / size)]
        shrunk = np.array([level.shape[1] / self.width, level.shape[0] / self.height])
        step = turned(square.angle) * square.side / size * ([-1, 1] if mirrored else [1, 1]) * shrunk[:, None]
        start = shrunk * (square.x, square.y) + step @ ((1 - size) / 2, (1 - size) / 2) - 0.5
        return np.asarray(
            cv2.warpAffine(
                level,
                np.column_stack([step, start]),
                (size, size),
                flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE if beyond is None else cv2.BORDER_CONSTANT,
                borderValue=beyond or 0,
            ),
            np.uint8,
        )

    def _level(self, shrink: float) -> int:
        """Return the smallest level that still has about as many pixels as are asked for."""
        return min(len(self._levels) - 1, max(0, math.floor(math.log2(max(shrink, 1)) + 0.35)))


def _sized(pixels: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    import cv2

    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    while scale <= 0.5:  # exact halves take a fraction of the time
        half = (max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
        pixels, scale = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), np.uint8), 2 * scale
    # So does what lies linearly between pixels, which from so near is as good as their mean.
    way = cv2.INTER_LINEAR if scale > _NEAR else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), np.uint8)
