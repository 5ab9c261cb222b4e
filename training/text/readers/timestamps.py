"""Timestamps: the dates and times of exports, in Korean and in English.

Knows nothing of lines or of messages.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache

CLOCK = r"(?:(?:오전|오후|AM|PM) )?\d{1,2}:\d{2}(?:[\s\u202f]?(?:[AaPp]\.?[Mm]\.?))?"
"""A time of day; phones set to 24 hours leave the half out, newer iOS puts a narrow no-break space before it."""

KOREAN_DAY = r"\d{4}년 \d{1,2}월 \d{1,2}일"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_MONTH = re.compile(rf"\b{MONTH}")
_CLOCK = re.compile(CLOCK)
_NUMBER = re.compile(r"\d+")
HALF = re.compile(r"(오전|[Aa]\.?[Mm])|(오후|[Pp]\.?[Mm])")


@lru_cache(maxsize=8192)
def moment_of(stamp: str) -> datetime | None:
    """Return the moment that a stamp with a day and a time names, or None if there is no such moment."""
    clock = _CLOCK.search(stamp)
    if not clock:
        return None
    day = day_of(stamp[: clock.start()] + " " + stamp[clock.end() :])
    hour = time_of(clock.group())
    return datetime.combine(day, hour) if day and hour else None


@lru_cache(maxsize=2048)
def time_of(clock: str) -> time | None:
    """Return the time of day, 오전 12:xx being 00:xx, or None if there is no such time."""
    hour, minute = (int(number) for number in _NUMBER.findall(clock)[:2])
    half = HALF.search(clock)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.group(2) else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


@lru_cache(maxsize=1024)
def day_of(text: str) -> date | None:
    """Return the day that ``text`` names, month by number or by English name, or None if there is no such day."""
    numbers = [int(number) for number in _NUMBER.findall(text)]
    month = _MONTH.search(text)
    try:
        if month:
            day, year = sorted(numbers[:2])
            return date(year, _MONTHS.index(month.group()[:3].lower()) + 1, day)
        return date(*numbers[:3])
    except (ValueError, TypeError, OverflowError):
        return None
