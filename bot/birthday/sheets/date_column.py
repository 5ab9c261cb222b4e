"""A column of dates as a whole: what one cell leaves open, the others show. Pure: knows no rows and no calendars.

Which of ``01.12.1999`` is the month, whether ``36590`` is a spreadsheet's day number, and that ``305`` among ``990305``
has lost its noughts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.birthday.dates.reasons import BirthdayError, Reason
from bot.birthday.dates.typed import without_time

Order = Literal["day", "month"]
"""What comes first where the year comes last."""

_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./\s]\s*(\d{1,2})\s*[-./\s]\s*(\d{4}|\d\d)\.?")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(\d{4,5})(?:[.,]0*)?")
_SERIAL_ZERO = date(1899, 12, 30)  # so that a spreadsheet's leap day of 1900 comes out
_FEWEST_DAYS = 10_000  # 1927; a smaller number is rather a month and a day


class OrderError(BirthdayError):
    """A date of which nothing shows whether the day or the month comes first."""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """What a column of dates shows; ``order`` is None where no row does, ``digits`` how many each has at most."""

    order: Order | None
    digits: int

    @classmethod
    def of(cls, texts: Sequence[str], order: Order | None = None) -> "DateColumn":
        """Look at all cells of a column; an ``order`` that was said beside the sheet counts before what it shows."""
        pairs = [(int(found[1]), int(found[2])) for text in texts if (found := _year_last(text))]
        days_first, months_first = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
        if order is None and days_first != months_first:
            order = "day" if days_first else "month"
        return cls(order, max((len(text) for text in texts if _DIGITS.fullmatch(text)), default=0))

    def plain(self, text: str) -> str:
        """Return a cell so that it says by itself which day it means.

        Raises:
            OrderError: the day or the month comes first, and nothing shows which.
        """
        if found := _year_last(text):
            return self._year_first(text, found)
        if _DIGITS.fullmatch(text) and self.digits in (4, 6, 8) and len(text) < self.digits:
            return text.zfill(self.digits)
        serial = _NUMBER.fullmatch(text)
        if serial and self.digits == 5 and int(serial[1]) >= _FEWEST_DAYS:
            return (_SERIAL_ZERO + timedelta(days=int(serial[1]))).isoformat()
        return text

    def _year_first(self, text: str, found: re.Match[str]) -> str:
        one, two, year = found.groups()
        order = self.order
        if max(int(one), int(two)) > 12 or int(one) == int(two):
            order = "day" if int(one) > 12 else "month"
        if order is None:
            raise OrderError(Reason.OPEN_ORDER, text=text)
        month, day = (two, one) if order == "day" else (one, two)
        return f"{year}-{month}-{day}"


def _year_last(text: str) -> re.Match[str] | None:
    """Return the three numbers of a date whose last one is the year: the first would be none, or is too long a year."""
    found = _YEAR_LAST.fullmatch(without_time(text))
    if not found or (len(found[3]) == 2 and _may_be_year_first(found)):
        return None
    return found


def _may_be_year_first(found: re.Match[str]) -> bool:
    return 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31
