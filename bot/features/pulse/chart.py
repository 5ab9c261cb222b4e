"""The pictures: hours of a day or a week, months of a year, as bars that can be read on a phone in either theme.

Knows nothing of words: the few labels on them are given. They are drawn on a card of their own colour, so that a light
chat and a dark one show the same.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.bundle.pulse import DAY
from bot.photos.marking import FONT

_WIDTH, _HEIGHT = 1100, 660
"""Pixels; a chat shows it 550 wide on a computer and some 320 on a phone."""
_RIGHT, _TOP, _BOTTOM, _MARGIN = 1076, 84, 584, 12
"""Where the bars stand; left of them there is as much room as the numbers need."""
_LETTER = 42
"""Pixels: 12 of them on a phone."""
_CARD, _INK, _GRID = (43, 45, 49), (219, 222, 225), (78, 80, 88)
_BAR, _PEAK, _USUAL = (112, 125, 245), (245, 184, 61), (255, 255, 255)
_NARROW = 20
"""Pixels of a bar below which there is no room between it and the next."""
_FLATTEST = 1.0
"""Messages an hour that fill the picture at least: a quiet room looks quiet."""

Values = Sequence[float] | NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on a picture, by the place of a bar: a text below it, and one above where a day begins."""

    below: dict[int, str]
    above: dict[int, str]


def hours(expected: Values, usual: Values | None, peak: int, labels: Labels) -> bytes:
    """Return a PNG with a bar for each hour, and a line for what is ``usual`` where that is something else."""
    chart = _Chart(len(expected), max(_FLATTEST, *expected, *(usual if usual is not None else ())))
    chart.grid()
    chart.bars(expected, {peak} if len(expected) <= DAY else {peak - 1, peak, peak + 1})
    if usual is not None:
        chart.line(usual)
    chart.labels(labels)
    return chart.png()


def months(counts: Sequence[int], labels: Labels) -> bytes:
    """Return a PNG with a bar for each month."""
    most = max(counts)
    chart = _Chart(len(counts), max(_FLATTEST, most))
    chart.grid()
    chart.bars(counts, {counts.index(most)})
    chart.labels(labels)
    return chart.png()


class _Chart:
    def __init__(self, bars: int, most: float) -> None:
        """Begin one of so many bars, of which the highest may be ``most``."""
        from PIL import Image, ImageDraw, ImageFont

        self._image: Image.Image = Image.new("RGB", (_WIDTH, _HEIGHT), _CARD)
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(self._image)
        self._font: ImageFont.FreeTypeFont = ImageFont.truetype(FONT, _LETTER)
        tick = _tick(most)
        self._ticks = [number * tick for number in range(math.ceil(most / tick) + 1)]
        self._scale = (_BOTTOM - _TOP) / self._ticks[-1]
        self._start = 3 * _MARGIN + max(self._font.getlength(_number(value)) for value in self._ticks)
        self._step = (_RIGHT - self._start) / bars

    def grid(self) -> None:
        """Draw lines to read heights by, and what they mean."""
        for value in self._ticks:
            y = self._height(value)
            self._draw.line((self._start, y, _RIGHT, y), fill=_GRID, width=2)
            if value:
                self._text((self._start - _MARGIN, y), _number(value), "rm")

    def bars(self, values: Values, marked: set[int]) -> None:
        """Draw the bars, some of them ``marked``."""
        gap = 8 if self._step > _NARROW else 0
        for place, value in enumerate(values):
            left, right = self._left(place) + gap / 2, self._left(place + 1) - gap / 2
            if value > 0:
                colour = _PEAK if place in marked else _BAR
                self._draw.rectangle((left, self._height(value), right, _BOTTOM), fill=colour)

    def line(self, values: Values) -> None:
        """Draw a line through the middles of the bars' places."""
        points = [(self._left(place + 0.5), self._height(value)) for place, value in enumerate(values)]
        width = 6 if self._step > _NARROW else 4
        self._draw.line(points, fill=_CARD, width=2 * width, joint="curve")
        self._draw.line(points, fill=_USUAL, width=width, joint="curve")

    def labels(self, labels: Labels) -> None:
        """Write what stands below and above."""
        for place, text in labels.below.items():
            self._text((self._left(place + 0.5), _BOTTOM + 14), text, "ma")
        for place, text in labels.above.items():
            x = self._left(place)
            if place:
                self._draw.line((x, _TOP - (60 if text else 0), x, _BOTTOM), fill=_INK, width=2)
            self._text((x + _MARGIN, _TOP - 66), text, "la")

    def png(self) -> bytes:
        """Return the picture; of so few colours it is small."""
        from PIL import Image

        stream = io.BytesIO()
        self._image.quantize(64, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
        return stream.getvalue()

    def _text(self, place: tuple[float, float], text: str, anchor: str) -> None:
        self._draw.text(place, text, font=self._font, fill=_INK, anchor=anchor)

    def _left(self, place: float) -> float:
        return self._start + place * self._step

    def _height(self, value: float) -> float:
        return _BOTTOM - float(value) * self._scale


def _tick(most: float) -> float:
    """Return the round number of which two to five fit below ``most``."""
    power = 10.0 ** math.floor(math.log10(most / 2))
    return next(power * round_ for round_ in (5, 2, 1) if power * round_ * 2 <= most)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
