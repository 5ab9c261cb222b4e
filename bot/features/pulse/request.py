"""The request: what is to be shown, and how a button remembers it. No Discord but its limits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

from bot.bundle.pulse import MONTHS, YearCounts
from bot.features.pulse.texts import PulseTexts
from bot.i18n import UnknownButtonError, UserFacingError

Shown = Literal["day", "week", "year"]
EARLIEST, LATEST = 2000, 2100

CUSTOM_ID = re.compile(r"pulse:.*", re.DOTALL)
_SHAPE = re.compile(r"pulse:(?P<shown>day|week|year)(?::(?P<year>\d{4}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """The next day, the next week, or a ``year``; without a number it is the last that is whole."""

    shown: Shown = "day"
    year: int | None = None

    @classmethod
    def of_button(cls, custom_id: str) -> Self:
        """Return what a button remembers.

        Raises:
            UnknownButtonError: no version made it.
        """
        match = _SHAPE.fullmatch(custom_id)
        if match is None:
            raise UnknownButtonError
        shown: dict[str, Shown] = {"day": "day", "week": "week", "year": "year"}
        return cls(shown[match["shown"]], int(match["year"]) if match["year"] else None)

    def custom_id(self) -> str:
        """Return the text by which a button remembers this request."""
        return f"pulse:{self.shown}" + (f":{self.year}" if self.year is not None else "")

    def year_of(self, years: Mapping[int, YearCounts]) -> YearCounts:
        """Return the year that is asked for.

        Raises:
            UserFacingError: it is none of those that were counted.
        """
        if not years:
            raise UserFacingError(PulseTexts, "no_years")
        if self.year is not None:
            if self.year not in years:
                raise UserFacingError(PulseTexts, "no_such_year", year=self.year, years=", ".join(map(str, years)))
            return years[self.year]
        whole = [year for year, counts in years.items() if counts.last.month == MONTHS]
        return years[max(whole or years)]
