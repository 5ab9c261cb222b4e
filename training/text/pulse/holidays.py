"""Korean public holidays, solar and lunar, without substitutes. Knows nothing of rooms."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from korean_lunar_calendar import KoreanLunarCalendar

_SOLAR = ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
_LUNAR = ((1, 1, (-1, 0, 1)), (4, 8, (0,)), (8, 15, (-1, 0, 1)))
"""Lunar New Year and Chuseok with the days around each, and Buddha's birthday: month, day, and which days are off."""


@cache
def holidays_of(year: int) -> frozenset[date]:
    """Return the holidays of a year; of one outside the lunar tables (1900 to 2050) those of the solar calendar."""
    return frozenset((*(date(year, month, day) for month, day in _SOLAR), *_lunar(year)))


def _lunar(year: int) -> Iterator[date]:
    calendar = KoreanLunarCalendar()
    for month, day, around in _LUNAR:
        if calendar.setLunarDate(year, month, day, False):
            middle = date.fromisoformat(calendar.SolarIsoFormat())
            yield from (middle + timedelta(days=off) for off in around)


def is_holiday(day: date) -> bool:
    """Return whether a day is off for everybody, whatever weekday it is."""
    return day in holidays_of(day.year)
