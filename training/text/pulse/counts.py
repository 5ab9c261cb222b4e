"""The hours of a room, counted: how many messages fell into each, and of which hours nothing is known.

Counts of everybody together; who wrote counts only in that an hour of the day counts where three people or more have
ever written in it. Knows nothing of networks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.bundle.pulse import DAY, WEEK, hour_of_week
from training.common.errors import ChatError
from training.text.message import UNDATED, Message
from training.text.verbatim import PEOPLE

FEWEST_WEEKS = 4
"""With fewer nobody knows what is usual at an hour of a weekday."""
_USUAL_WEEKS = 52
"""The usual week is that of the last year."""
_SILENCE = timedelta(days=14)
"""A longer one is a time that the files do not hold, not one in which nobody spoke."""
_MOST_YEARS = timedelta(days=3653)
_HOUR = timedelta(hours=1)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HourlyCounts:
    """Messages in each hour from ``first`` on, one after another by the clock on the wall; ``known`` is False in gaps.

    The hour of the last message, which is not over, is not among them. An hour that a change to summer time skips is
    silent, one that it repeats holds both.
    """

    first: datetime
    counts: Floats
    known: Flags

    @classmethod
    def of(cls, messages: Iterable[Message]) -> Self:
        """Count messages.

        Raises:
            ChatError: they tell no times, are of too few weeks, or of hours in which fewer than three people write.
        """
        dated = recent(messages)
        if not dated:
            raise ChatError("The files tell no times, so that nobody knows when this room is lively.")
        hours = [message.when.replace(minute=0, second=0, microsecond=0) for message in dated]
        first, last = min(hours), max(hours)
        counts = np.zeros((last - first) // _HOUR)
        shared = shared_hours(dated)
        for hour in hours:
            if hour != last and hour.hour in shared:
                counts[(hour - first) // _HOUR] += 1
        result = cls(first, counts, _known(sorted({(hour - first) // _HOUR for hour in hours}), len(counts)))
        result._check()
        return result

    def _check(self) -> None:
        if self.known.sum() < FEWEST_WEEKS * WEEK:
            raise ChatError(
                f"The messages to learn from are of {self.known.sum() / DAY:.0f} days ({self.first:%Y-%m-%d} to "
                f"{self.end:%Y-%m-%d}), and {FEWEST_WEEKS * 7} are needed to know what is usual in a week."
            )
        if not self.counts.any():
            raise ChatError(
                f"There is no hour of the day in which {PEOPLE} people or more of those who agreed have written: when "
                "fewer do, it would be theirs alone."
            )

    @property
    def end(self) -> datetime:
        """The first hour that is not counted any more."""
        return self.first + len(self.counts) * _HOUR

    @property
    def hours(self) -> NDArray[np.int64]:
        """Which hour of the week each is."""
        return (hour_of_week(self.first) + np.arange(len(self.counts))) % WEEK

    def usual(self, until: int | None = None) -> Floats:
        """Return the usual week ``[168]``: the mean of each hour and weekday in the year before the hour ``until``."""
        end = len(self.counts) if until is None else until
        span = slice(max(0, end - _USUAL_WEEKS * WEEK), end)
        hours, known = self.hours[span], self.known[span]
        sums = np.bincount(hours[known], weights=self.counts[span][known], minlength=WEEK)
        return np.asarray(sums / np.maximum(1, np.bincount(hours[known], minlength=WEEK)))

    def weeks(self) -> int:
        """Return how many weeks the usual one is the mean of."""
        return round(float(self.known[-_USUAL_WEEKS * WEEK :].sum()) / WEEK)


def recent(messages: Iterable[Message]) -> list[Message]:
    """Return those with a time, without what lies ten years before the last: such times are not of a chat."""
    dated = [message for message in messages if message.when != UNDATED]
    last = max((message.when for message in dated), default=UNDATED)
    return [message for message in dated if last - message.when <= _MOST_YEARS]


def shared_hours(messages: Iterable[Message]) -> frozenset[int]:
    """Return the hours of the day in which three people or more have ever written: no other is anybody's business."""
    people = defaultdict[int, set[str]](set)
    for message in messages:
        if message.who:
            people[message.when.hour].add(message.who)
    return frozenset(hour for hour, writers in people.items() if len(writers) >= PEOPLE)


def rounded(counts: Floats) -> Floats:
    """Return counts to a power of two, and 0 for a single message: so many may be known of single hours."""
    powers = np.exp2(np.rint(np.log2(np.maximum(counts, 1))))
    return np.where(counts < 2, 0.0, powers)


def _known(spoken: Sequence[int], length: int) -> Flags:
    """Return which hours are known, by the places of those in which somebody spoke."""
    known = np.ones(length, bool)
    for before, after in pairwise(spoken):
        if (after - before) * _HOUR > _SILENCE:
            known[before + 1 : after] = False
    return known
