"""The request: a line with blanks, checked, and how a button remembers it. No Discord but its limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.bundle import normalise
from bot.features.custom_ids import TEMPERATURE, refusing_forged, within_limit
from bot.features.fill.texts import FillTexts
from bot.features.typed import HIGHEST_TEMPERATURE, MOST_CHARACTERS
from bot.i18n import UnknownButtonError, UserFacingError

MOST_BLANKS = 5

CUSTOM_ID = re.compile(r"fill:.*", re.DOTALL)
_SHAPE = re.compile(rf"fill:{TEMPERATURE}:(?P<line>.+)", re.DOTALL | re.ASCII)

_BLANKS = tuple(
    map(
        re.compile,
        (
            r"[_＿]{2,}",
            r"[(\[{<〈「]?빈\s?칸[)\]}>〉」]?",
            r"\(\s*\)|\[\s*\]|\{\s*\}|<\s*>",
            r"[□▢]+|[○◯〇]{2,}",
            r"…+|\.{3,}|·{3,}",
        ),
    )
)
"""How people write a blank, the plainest first: three dots are one, but beside underscores they are a sigh."""


@dataclass(frozen=True, slots=True)
class Request:
    """A visible line with a blank or several, how boldly to fill them, and the seed if it is to be repeated."""

    line: str
    temperature: float
    seed: int | None = None

    @classmethod
    def checked(cls, line: str, temperature: float, seed: int | None = None) -> Self:
        """Return the request as the filler wants it.

        Raises:
            UserFacingError: there is no blank, nothing else or too many of them, or the line is too long.
        """
        line = normalise(line)
        if len(line) > MOST_CHARACTERS:
            raise UserFacingError(FillTexts, "too_long", limit=MOST_CHARACTERS)
        request = cls(line, round(temperature, 2), seed)
        around = request.around
        if len(around) == 1:
            raise UserFacingError(FillTexts, "no_blank")
        if not any(text.strip() for text in around):
            raise UserFacingError(FillTexts, "only_blanks")
        if len(around) > MOST_BLANKS + 1:
            raise UserFacingError(FillTexts, "too_many", limit=MOST_BLANKS)
        return request

    @property
    def around(self) -> Sequence[str]:
        """What stands before, between and after the blanks; a blank that is a word has a space at either side."""
        blank = next((shape for shape in _BLANKS if shape.search(self.line)), _BLANKS[0])
        return blank.split(self.line)

    @classmethod
    def of_button(cls, custom_id: str) -> Self:
        """Return what a 🔁 remembers, without the seed: it draws another.

        Raises:
            UnknownButtonError: no version made it.
        """
        match = _SHAPE.fullmatch(custom_id)
        if match is None or float(match["temperature"]) > HIGHEST_TEMPERATURE:
            raise UnknownButtonError
        with refusing_forged():
            return cls.checked(match["line"], float(match["temperature"]))

    def custom_id(self) -> str | None:
        """Return the text by which a button remembers this request, or None where the line is too long for one."""
        return within_limit(f"fill:{self.temperature:g}:{self.line}")

    def livelier(self, temperature: float) -> Self:
        """Return the request for another answer: at temperature 0 there is no other one."""
        return replace(self, temperature=self.temperature or temperature, seed=None)
