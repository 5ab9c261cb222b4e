"""The column of dates as a whole: what one cell leaves open, the others show. Pure: knows no rows and no calendars.

Which of ``01.12.1999`` is the month, whether ``36590`` is a spreadsheet's day number, and that ``305`` among ``990305``
has lost its noughts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.features.birthday.calendar.parsing import full_year, without_time
from bot.features.birthday.errors import BirthdayError, Reason

Order = Literal["day", "month"]
"""What comes first where the year comes last."""

_YEAR_LAST = re.compile(r"(?<![\d./-])(\d{1,2})\s*[-./\s]\s*(\d{1,2})\s*[-./\s]\s*(\d{4}|\d\d)(?!\s*[./-]?\d)\.?")
_NO_YEAR = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\.?")
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(\d{4,5})(?:[.,]0*)?")
_SERIAL_ZERO = date(1899, 12, 30)  # so that a spreadsheet's leap day of 1900 comes out
_FEWEST_DAYS = 10_000  # 1927; a smaller number is rather a month and a day


class OrderError(BirthdayError):
    """A date of which nothing shows whether the day or the month comes first."""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """What a column of dates shows; ``order`` is None where no row does, ``digits`` how many each has at most.

    ``year_first``: of ``05/06/07`` the first number is the year.
    """

    order: Order | None
    digits: int
    year_first: bool

    @classmethod
    def of(cls, texts: Sequence[str], today: date, order: Order | None = None) -> "DateColumn":
        """Look at all cells of a column; an ``order`` that was said beside the sheet counts before what it shows."""
        numbers = [match for text in texts if (match := _three_numbers(text))]
        short = [_likely(match, today) for match in numbers if len(match[3]) == 2]
        year_first = (True, False) in short or not ((False, True) in short or order)
        pairs = [(int(match[1]), int(match[2])) for match in numbers if _is_year_last(match, year_first)]
        pairs += [(int(match[1]), int(match[2])) for text in texts if (match := _NO_YEAR.fullmatch(without_time(text)))]
        days_first, months_first = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
        if order is None and days_first != months_first:
            order = "day" if days_first else "month"
        return cls(order, max((len(text) for text in texts if _DIGITS.fullmatch(text)), default=0), year_first)

    def plain(self, text: str) -> str:
        """Return a cell so that it says by itself which day it means.

        Raises:
            OrderError: the day or the month comes first, and nothing shows which.
        """
        numbers = _three_numbers(text)
        if numbers and _is_year_last(numbers, self.year_first):
            return (
                f"{numbers.string[: numbers.start()]}{self._year_first(text, numbers)}{numbers.string[numbers.end() :]}"
            )
        if (short := _NO_YEAR.fullmatch(without_time(text))) and (self.order == "day" or int(short[1]) > 12):
            return f"{short[2]}-{short[1]}" if int(short[2]) <= 12 else text
        if _DIGITS.fullmatch(text) and self.digits in (4, 6, 8) and len(text) < self.digits:
            return text.zfill(self.digits)
        serial = _NUMBER.fullmatch(text)
        if serial and self.digits == 5 and int(serial[1]) >= _FEWEST_DAYS:
            return (_SERIAL_ZERO + timedelta(days=int(serial[1]))).isoformat()
        return text

    def _year_first(self, text: str, numbers: re.Match[str]) -> str:
        one, two, year = numbers.groups()
        order = self.order
        if max(int(one), int(two)) > 12 or int(one) == int(two):
            order = "day" if int(one) > 12 else "month"
        if order is None:
            raise OrderError(Reason.OPEN_ORDER, text=text)
        month, day = (two, one) if order == "day" else (one, two)
        return f"{year}-{month}-{day}"


def _three_numbers(text: str) -> re.Match[str] | None:
    """Return three numbers in a date of which the last may be the year."""
    return _YEAR_LAST.search(without_time(text))


def _is_year_last(numbers: re.Match[str], year_first: bool) -> bool:
    return _may_be_year_last(numbers) and not (year_first and _may_be_year_first(numbers))


def _likely(numbers: re.Match[str], today: date) -> tuple[bool, bool]:
    """Return whether the year is likely the first number, and whether the last: who chats is no baby and no hundred."""

    def is_age(figures: str) -> bool:
        return 5 <= today.year - full_year(figures.zfill(2), today) <= 95

    return _may_be_year_first(numbers) and is_age(numbers[1]), _may_be_year_last(numbers) and is_age(numbers[3])


def _may_be_year_last(numbers: re.Match[str]) -> bool:
    one, two = sorted((int(numbers[1]), int(numbers[2])))
    return len(numbers[3]) == 4 or (1 <= one <= 12 and two <= 31)


def _may_be_year_first(numbers: re.Match[str]) -> bool:
    return len(numbers[3]) == 2 and 1 <= int(numbers[2]) <= 12 and 1 <= int(numbers[3]) <= 31
