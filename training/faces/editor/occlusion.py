"""Occluding, aligned faces with something before the mouth, and faces as if drawn: what an editor has to leave alone.

A hand, a mask, a cup or a microphone are a silhouette and a texture each; of the face itself nothing is changed. Knows
nothing of networks.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Crop = NDArray[np.uint8]
_MOUTH, _MOST_BESIDE = np.array((0.5, 0.78)), 0.04
"""Where the mouth lies in a crop, and how far beside it a silhouette may lie, in shares of the side."""
_CHEEKS = np.array(((0.3, 0.62), (0.7, 0.62), (0.5, 0.3)))
_LEVELS = (3, 6)


def occluded(crop: Crop, other: Crop, random: np.random.Generator) -> Crop:
    """Return ``crop [s, s, 3]`` with something before its mouth, which may be a piece of the ``other`` photo."""
    size = len(crop)
    shape = (_mask, _blob, _fingers, _strip)[random.integers(4)](size, random)
    weight = cv2.GaussianBlur(shape, (0, 0), random.uniform(0.4, 1.2))[..., None]
    texture = (_plain, _skin, _piece)[random.integers(3)](crop, other, random)
    return np.asarray(np.clip(crop * (1 - weight) + texture * weight, 0, 255), np.uint8)


def behind_microphone(crop: Crop, random: np.random.Generator) -> Crop:
    """Return ``crop`` with a ball that just hides the lips, and what it is held by, in front of them."""
    size = len(crop)
    (x, y), radius = _near_mouth(size, random), round(random.uniform(0.085, 0.14) * size)
    ball, shape = np.zeros((2, size, size), np.float32)
    cv2.circle(ball, (x, y), radius, 1.0, -1)
    cv2.circle(shape, (x, y), radius, 1.0, -1)
    foot = (x + round(random.uniform(-0.5, 0.5) * size), size)
    cv2.line(shape, (x, y), foot, 1.0, max(2, round(random.uniform(0.3, 1.2) * radius)))
    foam, stick = random.uniform(10, 130) * random.uniform(0.85, 1.15, (2, 3))
    texture = np.where(ball[..., None] > 0, _lit(foam, size, random), _lit(stick, size, random))
    cv2.circle(texture, (x, y), radius, (texture[y, x] * random.uniform(0.2, 1)).tolist(), 1)
    weight = cv2.GaussianBlur(shape, (0, 0), random.uniform(0.4, 1.0))[..., None]
    return np.asarray(np.clip(crop * (1 - weight) + texture * weight, 0, 255), np.uint8)


def drawn_like(crop: Crop, random: np.random.Generator) -> Crop:
    """Return ``crop`` as a pencil or a few flat colours might draw it."""
    if random.random() < 0.5:
        grey, coloured = cv2.pencilSketch(crop, sigma_s=20, sigma_r=0.1, shade_factor=0.05)
        return np.asarray(coloured if random.random() < 0.5 else cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
    step = 255 / random.integers(*_LEVELS)
    flat = np.round(cv2.bilateralFilter(crop, 7, 60, 5) / step) * step
    lines = cv2.adaptiveThreshold(
        cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 7, 5
    )
    return np.asarray(np.minimum(flat, lines[..., None]), np.uint8)


def _near_mouth(size: int, random: np.random.Generator) -> tuple[int, int]:
    x, y = (_MOUTH + random.uniform(-_MOST_BESIDE, _MOST_BESIDE, 2)) * size
    return round(x), round(y)


def _mask(size: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return what a mask covers: from the nose to the chin, held at the ears."""
    top, side, chin = random.uniform(0.55, 0.66), random.uniform(0.28, 0.42), random.uniform(0.95, 1.05)
    half = [(0.5 + side, top + 0.06), (0.5 + 0.8 * side, chin - 0.1), (0.5 + 0.3 * side, chin)]
    outline = np.array([(0.5, top), *half, *((1 - x, y) for x, y in reversed(half))])
    shape = np.zeros((size, size), np.float32)
    cv2.fillPoly(shape, [np.round(outline * size).astype(np.int32)], 1.0)
    return shape


def _blob(size: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return a ball or a cup, with or without what holds it from below."""
    shape = np.zeros((size, size), np.float32)
    centre, axes = _near_mouth(size, random), (random.uniform((0.14, 0.1), (0.3, 0.26)) * size).round().astype(int)
    cv2.ellipse(shape, centre, (int(axes[0]), int(axes[1])), random.uniform(-40, 40), 0, 360, 1.0, -1)
    if random.random() < 0.5:
        foot = (centre[0] + round(random.uniform(-0.3, 0.3) * size), size)
        cv2.line(shape, centre, foot, 1.0, int(axes[0]))
    return shape


def _fingers(size: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return a hand before the mouth: some fingers beside one another, from one side or from below."""
    shape, (x, y) = np.zeros((size, size), np.float32), _near_mouth(size, random)
    turn, thick = random.uniform(-0.4, np.pi + 0.4), random.uniform(0.07, 0.11) * size
    along = np.array((np.cos(turn), np.sin(turn))) * size
    beside = np.array((-np.sin(turn), np.cos(turn))) * thick * 1.05
    for finger in np.arange(random.integers(3, 6)) - 2:
        tip = np.array((x, y)) + beside * finger - along * random.uniform(0.12, 0.22)
        ends = [tuple(map(int, place)) for place in (tip, tip + along)]
        cv2.line(shape, ends[0], ends[1], 1.0, round(thick))
    return shape


def _strip(size: int, random: np.random.Generator) -> NDArray[np.float32]:
    """Return a bar across the mouth: a scarf, a caption, a sheet of paper."""
    shape, (x, y) = np.zeros((size, size), np.float32), _near_mouth(size, random)
    turn = random.normal(0, 0.2)
    along = np.array((np.cos(turn), np.sin(turn))) * size
    ends = [tuple(map(int, np.array((x, y)) + sign * along)) for sign in (-1, 1)]
    cv2.line(shape, ends[0], ends[1], 1.0, round(random.uniform(0.14, 0.4) * size))
    return shape


def _plain(crop: Crop, other: Crop, random: np.random.Generator) -> NDArray[np.float32]:
    """Return one colour, lit from somewhere, with a weave."""
    del other
    colour = random.uniform(0, 255, 3)
    return _lit(colour.mean() + (colour - colour.mean()) * random.uniform(0, 1), len(crop), random)


def _skin(crop: Crop, other: Crop, random: np.random.Generator) -> NDArray[np.float32]:
    """Return the face's own skin, as of a hand."""
    del other
    x, y = (_CHEEKS[random.integers(len(_CHEEKS))] * len(crop)).astype(int)
    return _lit(np.median(crop[y - 5 : y + 6, x - 5 : x + 6], (0, 1)) * random.uniform(0.75, 1.15), len(crop), random)


def _piece(crop: Crop, other: Crop, random: np.random.Generator) -> NDArray[np.float32]:
    """Return a piece of another photo, its upper half, where there is no mouth."""
    size = len(crop)
    side = random.integers(size // 4, size // 2)
    left, top = random.integers(0, size - side), random.integers(0, size // 2 - side // 2)
    return np.asarray(cv2.resize(other[top : top + side, left : left + side], (size, size)), np.float32)


def _lit(colour: NDArray[np.floating], size: int, random: np.random.Generator) -> NDArray[np.float32]:
    x, y = np.meshgrid(np.linspace(-1, 1, size), np.linspace(-1, 1, size))
    slope, weave = random.uniform(-0.3, 0.3, 2), max(0.0, random.uniform(-0.15, 0.15))
    wave = np.sin((x * np.cos(slope[0] * 9) + y * np.sin(slope[0] * 9)) * random.uniform(20, 60))
    light = 1 + slope[0] * x + slope[1] * y + weave * wave + random.normal(0, random.uniform(0, 0.04), (size, size))
    return np.asarray(colour * light[..., None], np.float32)


def sketched(size: int, random: np.random.Generator) -> Crop:
    """Return a face ``[size, size, 3]`` in a few lines, as a sticker has one, its eyes where a crop has them."""
    paper = 255 if random.random() < 0.5 else random.uniform(150, 255, 3)
    picture = np.full((size, size, 3), paper, np.uint8)
    ink = random.uniform(0, 90, 3) * (random.random() < 0.5)
    thick = random.uniform(0.008, 0.03)
    head = random.uniform((0.3, 0.4), (0.45, 0.55))
    if random.random() < 0.6:
        _oval(picture, (0.5, 0.55), head, _paint(random))
    _oval(picture, (0.5, 0.55), head, ink, thick)
    eye = random.uniform(0.02, 0.07) * random.uniform((0.7, 0.5), (1.3, 1.5))
    for x in (0.355, 0.645):
        _oval(picture, (x, 0.45), eye, ink, thick if random.random() < 0.5 else 0)
        _oval(picture, (x, 0.37), (0.09, 0.04), ink, thick, (200, 340))
    _oval(picture, (0.5, 0.6), random.uniform((0.01, 0.03), (0.05, 0.06)), ink, thick, (0, random.uniform(90, 360)))
    mouth, lips = (0.5, random.uniform(0.7, 0.8)), random.uniform((0.06, 0.01), (0.18, 0.1))
    if random.random() < 0.4:
        _oval(picture, mouth, lips, _paint(random))
    start = random.choice((20, 200))
    _oval(picture, mouth, lips, ink, thick, (start, start + 140) if random.random() < 0.6 else (0, 360))
    return picture


def _paint(random: np.random.Generator) -> NDArray[np.floating]:
    return random.uniform(60, 255, 3)


def _oval(  # noqa: PLR0913, PLR0917 - what cv2.ellipse takes
    picture: Crop,
    centre: tuple[float, float],
    axes: Sequence[float] | NDArray[np.floating],
    colour: NDArray[np.floating],
    thick: float = 0,
    arc: tuple[float, float] = (0, 360),
) -> None:
    """Draw an oval, filled without a thickness; places and lengths are shares of the picture's side."""
    size, fine = len(picture), 16
    (x, y), (wide, high) = (np.round(fine * size * np.asarray(pair)).astype(int).tolist() for pair in (centre, axes))
    line = max(1, round(thick * size)) if thick else -1
    cv2.ellipse(picture, (x, y), (wide, high), 0, *arc, colour.tolist(), line, cv2.LINE_AA, 4)
