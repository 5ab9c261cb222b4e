"""A room's years in counts: messages a month, the busiest day, the busiest and the quietest hour. Knows no networks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.bundle.pulse import DAY, MONTHS, YearCounts
from training.text.message import Message
from training.text.pulse.counts import recent, shared_hours

_TO = 10
"""Counts are told to so many."""


def years_of(messages: Iterable[Message]) -> dict[int, YearCounts]:
    """Return each year in which something was written, by its number."""
    dated = recent(messages)
    shared = shared_hours(dated)
    by_year = defaultdict[int, list[datetime]](list)
    for message in dated:
        if message.when.hour in shared:
            by_year[message.when.year].append(message.when)
    return {year: _counted(by_year[year]) for year in sorted(by_year)}


def _counted(times: Sequence[datetime]) -> YearCounts:
    days = Counter(when.date() for when in times)
    hours = Counter(when.hour for when in times)
    months = Counter(when.month for when in times)
    weekdays = Counter(when.weekday() for when in times)
    busiest, most = max(days.items(), key=lambda item: (item[1], -item[0].toordinal()))
    first, last = min(days), max(days)
    return YearCounts(
        first,
        last,
        tuple(_to_ten(months[month]) for month in range(1, MONTHS + 1)),
        busiest,
        _to_ten(most),
        max(range(7), key=lambda day: weekdays[day]),
        max(range(DAY), key=lambda hour: hours[hour]),
        min(range(DAY), key=lambda hour: (_around(hours, hour), hour)),
        (last - first).days + 1 - len(days),
    )


def _around(hours: "Counter[int]", hour: int) -> int:
    """Return the messages of an hour and of those beside it: of several silent ones the middle is the quietest."""
    return sum(hours[(hour + beside) % DAY] for beside in (-1, 0, 1))


def _to_ten(count: int) -> int:
    return round(count / _TO) * _TO
