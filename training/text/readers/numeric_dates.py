"""Numeric dates, whose order of year, month and day only the whole file shows.

``07/01/2026, 9:01 PM``, ``2026. 1. 7. 오후 9:01:30``, ``7.1.26 21:01``, and a spreadsheet's ``46029.875``.
Knows nothing of lines or of messages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from training.text.readers.timestamps import HALF

DAY = r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?"
_HALF = r"(?:오전|오후|[AaPp]\. ?[Mm]\.|[AaPp][Mm])"
TIME = rf"(?:{_HALF} ?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?: ?{_HALF})?"

_STAMP = re.compile(rf"({DAY})(?:,? ({TIME}))?")
_NUMBERS = re.compile(r"\d+")
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
_SERIAL_ZERO = datetime(1899, 12, 30)  # a spreadsheet's day 0, so that its leap day of 1900 comes out
_PLACES = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}
_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Order:
    """In which order days are written, ``ymd``, ``dmy`` or ``mdy``; ``is_shown`` unless the file leaves it open."""

    name: str
    is_shown: bool = True


def order_of(stamps: Iterable[str]) -> Order:
    """Return the order in which every one of ``stamps`` is a day and time goes on, the likeliest if several do."""
    days = list(dict.fromkeys(numbers for stamp in stamps if (numbers := _numbers(stamp))))
    possible = [name for name in _PLACES if all(_day(numbers, name) for numbers in days)]
    dates = {name: list(_known(days, name)) for name in possible or _PLACES}
    steps = {name: sum(after < before for before, after in pairwise(of_order)) for name, of_order in dates.items()}
    # Of two in which time goes on, in the one a chat took weeks, and in the other years.
    best = min(dates, key=lambda name: (steps[name], _span(dates[name])))
    others = [dates[name] for name in dates if name != "ymd" and steps[name] == steps[best]]
    return Order(best, all(other == dates[best] for other in others) or best == "ymd")


def moment_of(stamp: str, order: Order) -> datetime | None:
    """Return the moment that a stamp names, midnight where it has no time; None if there is no such moment."""
    return _moment(stamp.strip(), order.name)


@lru_cache(maxsize=8192)
def _moment(stamp: str, order: str) -> datetime | None:
    if serial := _SERIAL.fullmatch(stamp):
        return _SERIAL_ZERO + timedelta(seconds=round(float(f"{serial[1]}.{serial[2] or 0}") * 86400))
    match = _STAMP.fullmatch(stamp)
    day = _day(_numbers(stamp), order) if match else None
    clock = _time(match[2]) if match and match[2] else time()
    return datetime.combine(day, clock) if day and clock else None


def _numbers(stamp: str) -> tuple[str, ...]:
    match = _STAMP.match(stamp.strip())
    return tuple(_NUMBERS.findall(match[1])) if match else ()


def _day(numbers: tuple[str, ...], order: str) -> date | None:
    if len(numbers) != 3:
        return None
    year, month, day = (numbers[place] for place in _PLACES[order])
    if len(year) not in (2, 4) or max(len(month), len(day)) > 2:
        return None
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _known(days: list[tuple[str, ...]], order: str) -> Iterator[date]:
    return (day for numbers in days if (day := _day(numbers, order)))


def _span(days: list[date]) -> timedelta:
    return max(days) - min(days) if days else timedelta.max


def _time(text: str) -> time | None:
    hour, minute, second = ([int(number) for number in _NUMBERS.findall(text)] + [0])[:3]
    half = HALF.search(text)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.group(2) else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
