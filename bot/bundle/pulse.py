"""The pulse of a room: the counts that a bundle carries of when it is lively.

As few as serving needs, of the whole room, rounded, and by nobody's name: of each year what its review says, and, where
a network goes on from them, the hours of the last week. The usual week lies in the graph. Times are the room's own, by
the clock on its wall. Knows nothing of how they are counted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from bot.bundle.manifest import BundleError, parsed

WEEK, DAY = 168, 24
"""Hours that the network looks back on, and hours that it looks ahead."""
MOST_DAYS = 7
"""Days ahead of which it is measured, each on what it said of those before."""
MONTHS = 12
_MOST_COUNT = 10_000_000
_MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class YearCounts:
    """A year of a room from its ``first`` day in it to its ``last``: messages by month, to ten, and when it is loud.

    Hours are 0 to 23, weekdays 0, Monday, to 6. ``silent_days`` are those between the two without a word.
    """

    first: date
    last: date
    months: tuple[int, ...]
    busiest_day: date
    busiest_day_count: int
    busiest_weekday: int
    busiest_hour: int
    quietest_hour: int
    silent_days: int

    @property
    def messages(self) -> int:
        """All of the year, to ten."""
        return sum(self.months)

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "months": list(self.months),
            "busiest_day": self.busiest_day.isoformat(),
            "busiest_day_count": self.busiest_day_count,
            "busiest_weekday": self.busiest_weekday,
            "busiest_hour": self.busiest_hour,
            "quietest_hour": self.quietest_hour,
            "silent_days": self.silent_days,
        }

    @classmethod
    def from_dict(cls, entry: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_dict` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no year of a room.
        """
        days = (date.fromisoformat(entry[name]) for name in ("first", "last", "busiest_day"))
        first, last, busiest = days
        if not first <= busiest <= last or first.year != last.year:
            raise ValueError(f"{first} to {last} with {busiest} is no year")
        return cls(
            first,
            last,
            _counts(entry["months"], MONTHS),
            busiest,
            _below(entry["busiest_day_count"], _MOST_COUNT),
            _below(entry["busiest_weekday"], 7),
            _below(entry["busiest_hour"], DAY),
            _below(entry["quietest_hour"], DAY),
            _below(entry["silent_days"], 367),
        )


@dataclass(frozen=True, slots=True)
class PulseCounts:
    """What a bundle knows of when its room is lively, beside the graph.

    ``end`` is the first hour of which nothing is known. So many days from there on (``reach``) the network was measured
    to know more than the usual week does: 0 where it never did, and there the graph is that week. ``weeks`` are those
    that the usual one is the mean of. What a network goes on from is there where it has a reach: ``recent``, the
    messages of the ``WEEK`` hours before ``end``, and ``holidays``, the days off around it.
    """

    end: datetime
    reach: int
    weeks: int
    recent: tuple[int, ...] = ()
    holidays: frozenset[date] = frozenset()
    years: Mapping[int, YearCounts] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the text of its file."""
        content = {
            "end": self.end.isoformat(timespec="minutes"),
            "reach": self.reach,
            "weeks": self.weeks,
            "recent": list(self.recent),
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "years": {str(year): counts.to_dict() for year, counts in sorted(self.years.items())},
        }
        return json.dumps(content, ensure_ascii=False) + "\n"

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read what :meth:`to_json` wrote.

        Raises:
            BundleError: it cannot be read, or is something else.
        """
        try:
            return cls._of(parsed(path.read_text(encoding="utf-8")))
        except (OSError, KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise BundleError(f"{path.name} cannot be read as a room's counts ({error!r}): export it again.") from error

    @classmethod
    def _of(cls, content: Mapping[str, Any]) -> Self:
        end = datetime.fromisoformat(content["end"])
        if end.tzinfo is not None or (end.minute, end.second, end.microsecond) != (0, 0, 0):
            raise ValueError(f"{end} is no whole hour of a wall clock")
        years = {int(year): YearCounts.from_dict(counts) for year, counts in content["years"].items()}
        if len(years) > _MOST_YEARS or any(counts.first.year != year for year, counts in years.items()):
            raise ValueError("the years are not those that they say")
        reach = _below(content["reach"], MOST_DAYS + 1)
        return cls(
            end,
            reach,
            _below(content["weeks"], _MOST_COUNT),
            _counts(content["recent"], WEEK if reach else 0),
            frozenset(date.fromisoformat(day) for day in content["holidays"]),
            years,
        )


def _counts(values: Any, length: int) -> tuple[int, ...]:  # noqa: ANN401 - it is any JSON
    if not isinstance(values, list) or len(values) != length:
        raise ValueError(f"there are not {length} counts")
    return tuple(_below(value, _MOST_COUNT) for value in values)


def _below(value: Any, limit: int) -> int:  # noqa: ANN401 - it is any JSON
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < limit:
        raise ValueError(f"{value!r} is no whole number below {limit}")
    return value


def hour_of_week(moment: datetime) -> int:
    """Return which hour of the week a moment is in: 0 after midnight on Monday, 167 before it."""
    return moment.weekday() * DAY + moment.hour
