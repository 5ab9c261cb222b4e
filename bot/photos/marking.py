"""Marks on pictures for whoever looks at them on a phone: numbered boxes around faces, and words in a corner.

Knows nothing of what the words mean; the font has the letters of the labels that there are, and digits.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import Located
from bot.photos.formats import GAP, PAPER, column, row

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]

FONT = Path(__file__).parent / "fonts" / "labels.otf"
_LETTER = 0.04
"""Height of a number or a word, in lengths of the picture's longer side: 15 pixels on a phone."""
_MUCH = 1.6
"""Where a chat shows a picture of 550 × 350 pixels at most, both ways give halves of one size."""
_WIDE, _ABOVE, _BELOW = 1.35, 1.2, 1.7
"""How far a face reaches from the middle of its eyes, in distances between them."""
_INK, _LIGHT = (20, 20, 24), (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is, upright or not, in whole pixels; it may reach beyond the photo."""

    left: int
    top: int
    right: int
    bottom: int


def box(face: Located, scale: float = 1.0) -> Box:
    """Return the box around a face from brow to chin, however it is turned, in a picture ``scale`` times as large."""
    middle = complex(*face.left) / 2 + complex(*face.right) / 2
    across = complex(*face.right) - complex(*face.left)
    down = across * 1j
    corners = [middle + x * across + y * down for x in (-_WIDE, _WIDE) for y in (-_ABOVE, _BELOW)]
    xs, ys = [scale * corner.real for corner in corners], [scale * corner.imag for corner in corners]
    return Box(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))


def numbered(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """Return the picture with a box around each face and its number, from 1, at the box's corner."""
    from PIL import Image, ImageDraw

    image = Image.fromarray(picture)
    draw, letter = ImageDraw.Draw(image), _letter(image)
    for face in boxes:
        _frame(draw, face, max(2, letter // 10))
    for number, face in enumerate(boxes, 1):
        # Above the corner: the number should hide nothing of the face.
        _badge(image, draw, (face.left - letter // 2, face.top - letter), str(number), letter)
    return np.asarray(image)


def compared(before: Picture, after: Picture, words: tuple[str, str]) -> Picture:
    """Return two pictures of one size as one, each with its words in a corner.

    They lie beside each other, or one above the other where each is much wider than high.
    """
    from PIL import Image, ImageDraw

    height, width, _ = before.shape
    is_wide = width > _MUCH * height
    joined = column([before, after]) if is_wide else row([before, after])
    image = Image.fromarray(joined)
    draw, letter = ImageDraw.Draw(image), _letter(image)
    second = (0, image.height - height) if is_wide else (image.width - width, 0)
    for corner, word in zip([(0, 0), second], words, strict=True):
        _badge(image, draw, corner, word, letter)
    return np.asarray(image)


def steps(pictures: Sequence[Picture], words: Sequence[str]) -> Picture:
    """Return pictures of one size as one in two rows, each with its words in a corner; a shorter row is centred.

    So seven squares are twice as wide as high, and a chat shows each as large as it can.
    """
    from PIL import Image, ImageDraw

    across = math.ceil(len(pictures) / 2)
    height, width, _ = pictures[0].shape
    rows = [row(pictures[:across]), row(pictures[across:])]
    lefts = [(rows[0].shape[1] - each.shape[1]) // 2 for each in rows]
    padded = [_centred(each, rows[0].shape[1]) for each in rows]
    image = Image.fromarray(column(padded))
    draw, letter = ImageDraw.Draw(image), _letter(image)
    for number, word in enumerate(words):
        line, place = divmod(number, across)
        corner = (lefts[line] + place * (width + GAP), line * (height + GAP))
        _badge(image, draw, corner, word, letter)
    return np.asarray(image)


def gallery(pictures: Sequence[Picture], columns: int) -> Picture:
    """Return pictures of one size, each with its number, from 1, in its corner, in rows of about so many.

    Rows are all as wide: where one has a picture more than another, each of its pictures is a little smaller.
    """
    from PIL import Image, ImageDraw

    lines = np.array_split(np.arange(len(pictures)), max(1, round(len(pictures) / columns)))
    width = row([pictures[at] for at in lines[-1]]).shape[1]
    rows = [_as_wide([pictures[at] for at in line], width) for line in lines]
    image = Image.fromarray(column([row(each) for each in rows]))
    draw, letter, top, number = ImageDraw.Draw(image), round(_LETTER * image.width), 0, 1
    for each in rows:
        left = 0
        for picture in each:
            _badge(image, draw, (left, top), str(number), letter)
            left, number = left + picture.shape[1] + GAP, number + 1
        top += each[0].shape[0] + GAP
    return np.asarray(image)


def _as_wide(pictures: Sequence[Picture], width: int) -> list[Picture]:
    """Return pictures of one size so much smaller that their row is so wide, to the pixel."""
    import cv2

    height, own, _ = pictures[0].shape
    room = width - GAP * (len(pictures) - 1)
    edges = [room * at // len(pictures) for at in range(len(pictures) + 1)]
    high = max(1, round(height * room / (own * len(pictures))))
    return [
        np.asarray(cv2.resize(picture, (right - left, high), interpolation=cv2.INTER_AREA), np.uint8)
        for picture, (left, right) in zip(pictures, pairwise(edges), strict=True)
    ]


def _centred(picture: Picture, width: int) -> Picture:
    missing = width - picture.shape[1]
    sides = (missing // 2, missing - missing // 2)
    return np.pad(picture, ((0, 0), sides, (0, 0)), constant_values=PAPER)


def _letter(image: "Image.Image") -> int:
    return max(11, round(_LETTER * max(image.size)))


def _frame(draw: "ImageDraw.ImageDraw", face: Box, line: int) -> None:
    """Draw a light box with a dark edge: one of the two is seen on any photo."""
    left, top, right, bottom = face.left, face.top, face.right, face.bottom
    draw.rectangle((left - 1, top - 1, right + 1, bottom + 1), outline=_INK, width=line + 2)
    draw.rectangle((left, top, right, bottom), outline=_LIGHT, width=line)


def _badge(image: "Image.Image", draw: "ImageDraw.ImageDraw", corner: tuple[int, int], words: str, letter: int) -> None:
    """Draw words on a dark ground, wholly inside the picture, as near to ``corner`` as that goes."""
    font, room = _font(letter), letter // 6
    wide = max(letter, math.ceil(font.getlength(words)) + 2 * room)
    high = letter + 2 * room
    left = min(max(0, corner[0]), max(0, image.width - wide))
    top = min(max(0, corner[1]), max(0, image.height - high))
    draw.rounded_rectangle((left, top, left + wide, top + high), room, fill=_INK, outline=_LIGHT)
    draw.text((left + wide / 2, top + high / 2), words, font=font, fill=_LIGHT, anchor="mm")


@lru_cache(maxsize=8)
def _font(letter: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(FONT, letter)
