"""Detection of the faces in a photo, at any angle: looked for, measured, and believed only when they hold still.

A detector proposes squares, in which landmarks are found; from these comes a better square, and so on. What is no face,
or one upside down, has landmarks too, but they wander when the square is shifted, scaled, turned or mirrored. Whoever
does not pass is not there: better no face than a smile on a shoulder. Knows nothing of who they are.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import Located
from bot.photos.networks import CELL, POINTS_SIDE, boxes, five, points
from bot.photos.squares import Photo, Square, turned

_SIZES = ((640, 1.0), (320, 1.2), (160, 1.5))
"""At which the whole photo is looked at, and with how much room: the detector sees a face best at 40 to 150 pixels."""
_SIZES_TURNED = ((416, 1.0), (160, 1.5))
_UPRIGHT = (0.0,)
_TURNED = tuple(math.radians(angle) for angle in (180, 90, 270, 45, 315, 135, 225))
_BEYOND = (117, 115, 97)
"""The detector's own zero."""
_SIZES_LARGE, _SIZES_LARGE_TURNED = ((320, 1.0), (160, 1.0), (160, 1.5)), ((160, 1.0),)
"""Where only a large face is looked for: the finest size takes most of the time, and finds the small ones."""
_PROPOSED, _MOST_PROPOSED = 0.2, 24
_OVERLAPPING = 0.4

_AROUND = 1.2
"""The side of the square in which landmarks are looked for, in lengths of all of them."""
_ROUNDS = 3
_SHAKES = (
    {"right": 0.06, "down": 0.06, "scale": 1.15},
    {"right": -0.06, "down": -0.06, "scale": 0.95},
    {"right": 0.06, "down": -0.06, "turn": 0.2},
    {"right": -0.06, "down": 0.06, "turn": -0.2},
)
_MIRRORED = (1, 0, 2, 4, 3)
_STEADY = 0.11
"""How far landmarks may wander, in distances of the eyes: of 1,934 wrong places none held still to 0.13."""
_SEEN_AT, _SEEN_ROOM = 160, 2.0
_SEEN = 0.35
"""How sure the detector is of the upright face."""
# The points lie around the lids. Crops are cut by the pupils, as the encoders that there are have learnt: a little
# further apart and below, as measured over portraits.
_APART, _BELOW = 1.03, 0.02


@dataclass(frozen=True, slots=True)
class _Face:
    """A face that was believed: its square, and its eyes in pixels from the photo's corner."""

    square: Square
    eyes: NDArray[np.floating]

    @property
    def distance(self) -> float:
        return float(np.linalg.norm(self.eyes[1] - self.eyes[0]))


def find(pixels: NDArray[np.uint8]) -> tuple[Located, ...]:
    """Return every face in RGB ``pixels``, the largest first, with its eyes in pixels.

    Where there is none, they are looked for in an even light, and then turned.
    """
    photo = Photo(pixels)
    faces = (
        _faces(photo, _UPRIGHT, _SIZES)
        or _faces(photo.in_even_light(), _UPRIGHT, _SIZES)
        or _faces(photo, _TURNED, _SIZES_TURNED)
    )
    return tuple(_located(face, photo.scale) for face in sorted(faces, key=lambda face: -face.distance))


def has_large_face(pixels: NDArray[np.uint8], share: float) -> bool:
    """Return whether a face's eyes are further apart than ``share`` of the longer side of RGB ``pixels``.

    A tenth of the work of :func:`find`, of which none is for small faces.
    """
    photo = Photo(pixels)
    least = share * max(photo.width, photo.height)
    return any(
        _large_face(photo, least, angles, sizes)
        for angles, sizes in ((_UPRIGHT, _SIZES_LARGE), (_TURNED, _SIZES_LARGE_TURNED))
    )


def _large_face(photo: Photo, least: float, angles: tuple[float, ...], sizes: tuple[tuple[int, float], ...]) -> bool:
    squares = (square for square in _proposed(photo, angles, sizes) if square.side > least)
    faces = (_believed(photo, square) for square in squares)
    return any(face is not None and face.distance > least for face in faces)


def _faces(photo: Photo, angles: tuple[float, ...], sizes: tuple[tuple[int, float], ...]) -> list[_Face]:
    faces: list[_Face] = []
    for square in _proposed(photo, angles, sizes):
        if not any(_within(square, face) for face in faces):
            face = _believed(photo, square)
            if face is not None and not any(_within(face.square, other) for other in faces):
                faces.append(face)
    return faces


def _within(square: Square, face: _Face) -> bool:
    return math.dist((square.x, square.y), (face.square.x, face.square.y)) < 0.5 * face.square.side


def _proposed(photo: Photo, angles: tuple[float, ...], sizes: tuple[tuple[int, float], ...]) -> list[Square]:
    """Return where the detector thinks that faces may be, the surest first."""
    candidates: list[tuple[float, Square]] = []
    for angle in angles:
        here: list[tuple[float, Square]] = []
        for size, room in sizes:
            whole = photo.whole(angle, room)
            here.extend(_boxed(photo, whole, size))
        candidates.extend(_apart(here))
    candidates.sort(key=lambda candidate: -candidate[0])
    return [square for _, square in candidates[:_MOST_PROPOSED]]


def _boxed(photo: Photo, whole: Square, size: int) -> Iterator[tuple[float, Square]]:
    # Of the square only what holds the photo: of one twice as wide as high that is half of the work.
    first, last = photo.inside(whole)
    left, top = (CELL * math.floor(share * size / CELL) for share in first)
    right, bottom = (CELL * math.ceil(share * size / CELL) for share in last)
    picture = photo.picture(whole, size, beyond=_BEYOND)[top:bottom, left:right]
    (candidates,) = boxes(picture[None])
    wide, high = (right - left) / size, (bottom - top) / size
    for x, y, width, height, score in candidates[candidates[:, 4] > _PROPOSED].tolist():
        middle = whole.places(np.array([left / size + x * wide, top / size + y * high]))
        yield (
            score,
            Square(float(middle[0]), float(middle[1]), max(width * wide, height * high) * whole.side, whole.angle),
        )


def _apart(candidates: list[tuple[float, Square]]) -> list[tuple[float, Square]]:
    """Return the surest of those that overlap: non-maximum suppression."""
    surest: list[tuple[float, Square]] = []
    for score, square in sorted(candidates, key=lambda candidate: -candidate[0]):
        if all(_overlap(square, other) < _OVERLAPPING for _, other in surest):
            surest.append((score, square))
    return surest


def _overlap(one: Square, other: Square) -> float:
    """Return the share of both squares, turned alike, that lies in each: intersection over union."""
    apart = np.abs(turned(one.angle).T @ (one.x - other.x, one.y - other.y))
    shared = np.clip((one.side + other.side) / 2 - apart, 0, min(one.side, other.side)).prod()
    return float(shared / (one.side**2 + other.side**2 - shared))


def _believed(photo: Photo, square: Square) -> _Face | None:
    """Return the face in a square, or None where there is none that would be the same seen a little otherwise."""
    for _ in range(_ROUNDS):
        square = _around(square.places(_points(photo, [square])[0]))
        if not POINTS_SIDE / 16 < square.side < 3 * max(photo.width, photo.height):
            return None
    views = [square.moved(**shake) for shake in _SHAKES]
    estimates = [view.places(five(landmarks)) for view, landmarks in zip(views, _points(photo, views), strict=True)]
    estimates.append(square.places(_mirrored(photo, square)))
    middle = np.mean(estimates, axis=0)
    face = _Face(square, middle[:2])
    wandering = np.linalg.norm(estimates - middle, axis=-1).max() / max(face.distance, 1e-6)
    return face if wandering < _STEADY and _plausible(middle) and _seen(photo, square) else None


def _points(photo: Photo, squares: list[Square]) -> NDArray[np.floating]:
    return points(np.stack([photo.picture(square, POINTS_SIDE) for square in squares]))


def _mirrored(photo: Photo, square: Square) -> NDArray[np.floating]:
    """Return the five points as shares of the square, as they are seen in its mirror image."""
    landmarks = five(points(photo.picture(square, POINTS_SIDE, mirrored=True)[None])[0])[list(_MIRRORED)]
    return np.column_stack([1 - landmarks[:, 0], landmarks[:, 1]])


def _around(landmarks: NDArray[np.floating]) -> Square:
    """Return the square around 68 points in which the eyes are level."""
    left, right = five(landmarks)[:2]
    angle = math.atan2(right[1] - left[1], right[0] - left[0])
    upright = landmarks @ turned(angle)
    least, most = upright.min(0), upright.max(0)
    x, y = turned(angle) @ ((least + most) / 2)
    return Square(float(x), float(y), float((most - least).max()) * _AROUND, angle)


def _plausible(landmarks: NDArray[np.floating]) -> bool:
    """Return whether nose and mouth lie below the eyes as in a face that looks this way."""
    left, right, nose, mouth_left, mouth_right = landmarks
    across = (right - left) / max(float(np.linalg.norm(right - left)) ** 2, 1e-6)
    down = np.array([-across[1], across[0]])
    middle, mouth = (left + right) / 2, (mouth_left + mouth_right) / 2
    nose_down, mouth_down = float((nose - middle) @ down), float((mouth - middle) @ down)
    aside = max(abs(float((nose - middle) @ across)), abs(float((mouth - middle) @ across)))
    return 0.2 < nose_down < mouth_down < 1.8 and mouth_down > 0.6 and aside < 0.6


def _seen(photo: Photo, square: Square) -> bool:
    """Return whether the detector, shown the upright face, sees it where it is."""
    (candidates,) = boxes(photo.picture(square.moved(scale=_SEEN_ROOM), _SEEN_AT, beyond=_BEYOND)[None])
    here = np.abs(candidates[:, :2] - 0.5).max(1) < 0.12
    as_large = np.abs(candidates[:, 3] * _SEEN_ROOM - 1.0) < 0.5
    return bool((candidates[here & as_large, 4] > _SEEN).any())


def _located(face: _Face, scale: float) -> Located:
    middle = face.eyes.mean(0)
    across = (face.eyes[1] - face.eyes[0]) * _APART / 2
    down = np.array([-across[1], across[0]]) * 2 * _BELOW
    left, right = ((middle + down + side * across) / scale - 0.5 for side in (-1, 1))
    return Located((float(left[0]), float(left[1])), (float(right[0]), float(right[1])))
