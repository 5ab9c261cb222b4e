"""How well faces are found in photos: turned ones at the right place or not at all, and upright ones aligned.

Nobody marks eyes by hand: what is found in the photo as it is is held against what is found in it turned, and in its
mirror image at another size and a little aslant, which a finder that guesses does not agree with. Knows nothing of who
is in the photos.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.photos import EYES, Located, PhotoError, find
from training.common.progress import Progress

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]

_HALF_TURN = 180.0
_SECOND_LOOK, _SECOND_SIZE = 15.0, 0.8
_NEAR = 0.3
"""How far eyes may be from where they are, in distances between them, to be the same face's."""
_SCALE, _MIDDLE, _TURN = 0.15, 0.05, 8.0
"""A crop is misaligned where its scale is off by such a share, its middle by such a share of its side, or its turn by
so many degrees."""


@dataclass(slots=True)
class DetectionFigures:
    """Counts: of the photos as they are, of those turned, and of the faces that were looked at again."""

    photos: int = 0
    found: int = 0
    turned: int = 0
    right: int = 0
    wrong: int = 0
    again: int = 0
    misaligned: int = 0
    wrong_names: list[str] = field(default_factory=list)

    @property
    def misaligned_share(self) -> float:
        """The share of faces that a second look would have cut out otherwise."""
        return self.misaligned / max(self.again, 1)


def detection_figures(
    names: Sequence[str], read: Callable[[str], Pixels], turned: int, seed: int, progress: Progress
) -> DetectionFigures:
    """Find the faces in every photo, in the first ``turned`` with one at a random turn too, and look again.

    Turns go from 0 to 180° either way and are the same for the same ``seed``.
    """
    figures, random = DetectionFigures(), np.random.default_rng(seed)
    for done, name in enumerate(names, 1):
        try:
            pixels = read(name)
        except PhotoError:
            continue
        faces = find(pixels)
        angle = random.uniform(-_HALF_TURN, _HALF_TURN)
        figures.photos += 1
        if faces:
            figures.found += 1
            _look_again(figures, pixels, faces[0])
        if faces and figures.turned < turned:
            _turn(figures, name, pixels, faces, angle)
        progress(done, len(names))
    return figures


def _turn(figures: DetectionFigures, name: str, pixels: Pixels, faces: Sequence[Located], angle: float) -> None:
    picture, matrix = _moved(pixels, angle, 1.0, mirrored=False)
    there = [_carried(face, matrix) for face in faces]
    found = find(picture)
    figures.turned += 1
    elsewhere = [face for face in found if not any(_same(face, other) for other in there)]
    figures.wrong += bool(elsewhere)
    figures.wrong_names += [name] if elsewhere else []
    figures.right += any(_same(face, there[0]) for face in found) and not elsewhere


def _look_again(figures: DetectionFigures, pixels: Pixels, face: Located) -> None:
    picture, matrix = _moved(pixels, _SECOND_LOOK, _SECOND_SIZE, mirrored=True)
    there = _carried(face, matrix, mirrored=True)
    same = [other for other in find(picture) if _same(other, there)]
    if same:
        figures.again += 1
        figures.misaligned += _misaligned(same[0], there)


def _moved(pixels: Pixels, angle: float, scale: float, *, mirrored: bool) -> tuple[Pixels, Matrix]:
    """Return a photo turned, scaled and mirrored, with room for all of it, and the matrix that takes it there."""
    height, width = pixels.shape[:2]
    side = math.ceil(math.hypot(height, width) * scale)
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, scale)
    matrix[:, 2] += (side - width) / 2, (side - height) / 2
    if mirrored:
        matrix[0] = -matrix[0]
        matrix[0, 2] += side - 1
    ground = tuple(int(level) for level in np.median(pixels.reshape(-1, 3), axis=0))
    picture = cv2.warpAffine(pixels, matrix, (side, side), flags=cv2.INTER_AREA, borderValue=ground)
    return np.asarray(picture, np.uint8), np.asarray(matrix)


def _carried(face: Located, matrix: Matrix, *, mirrored: bool = False) -> Located:
    """Return where a face's eyes lie after ``matrix``; in a mirror the left eye is the right one."""
    left, right = (tuple(float(each) for each in matrix @ (*eye, 1)) for eye in (face.left, face.right))
    first, second = (right, left) if mirrored else (left, right)
    return Located((first[0], first[1]), (second[0], second[1]))


def _same(one: Located, other: Located) -> bool:
    apart = max(math.dist(one.left, other.left), math.dist(one.right, other.right))
    return apart < _NEAR * other.distance


def _misaligned(one: Located, other: Located) -> bool:
    side = other.distance / math.dist(*EYES)
    first, second = (complex(*face.right) - complex(*face.left) for face in (one, other))
    middle = abs(complex(*one.left) + complex(*one.right) - complex(*other.left) - complex(*other.right)) / 2
    turn = abs(math.degrees(math.atan2((first / second).imag, (first / second).real)))
    return abs(abs(first / second) - 1) > _SCALE or middle > _MIDDLE * side or turn > _TURN
