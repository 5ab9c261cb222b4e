"""The Korean lunar calendar, month by month, from the tables of ``korean-lunar-calendar``. Knows no birthdays.

Its tables follow KARI/KASI and end inside the eleventh lunar month of 2050.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

from korean_lunar_calendar import KoreanLunarCalendar

FIRST = date(1900, 1, 31)
"""The first day asked of the tables: lunar New Year of 1900, before anyone alive was born."""
LAST = date(2050, 12, 31)
"""The last day in the tables: the 18th of the 11th lunar month of 2050."""
LEAP_MONTHS = range(2, 12)
"""Months that have a leap month in some year of these tables; the first and the twelfth never do."""
MOST_DAYS = 30
"""A lunar month has 29 or 30 days."""


@dataclass(frozen=True, slots=True)
class Month:
    """The solar date of a lunar month's first day, and its days: 29 or 30, fewer only where the tables end in it."""

    first: date
    days: int


@cache
def months(year: int) -> Mapping[tuple[int, bool], Month]:
    """Return the months of a lunar year by number and whether it is the leap one; none outside the tables."""
    if not FIRST.year <= year <= LAST.year:
        return {}
    calendar = KoreanLunarCalendar()
    numbers = [(number, leap) for number in range(1, 13) for leap in (False, True)]
    return {
        (number, leap): Month(_first_day(calendar), _days(calendar, year, number, leap))
        for number, leap in numbers
        if calendar.setLunarDate(year, number, 1, leap)
    }


def leap_month(year: int) -> int:
    """Return the number of the leap month of a lunar year, 0 where it has none."""
    return next((number for number, leap in months(year) if leap), 0)


def _first_day(calendar: KoreanLunarCalendar) -> date:
    return date.fromisoformat(cast(str, calendar.SolarIsoFormat()))


def _days(calendar: KoreanLunarCalendar, year: int, number: int, leap: bool) -> int:
    return next(day for day in range(MOST_DAYS, 0, -1) if calendar.setLunarDate(year, number, day, leap))
