"""Timing gate of a channel: when the bot may say something unasked. Knows moments: no words, people or Discord."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import QuietHours

MOST_AN_HOUR = 2
"""Lines in one channel that nobody asked for."""
SILENCE = timedelta(minutes=10)
"""After a line of its own, asked for or not."""
PEOPLE_FIRST = 10
"""Messages of people after its own line, or after the start: who has just come in listens first."""
MOST_A_MINUTE = 6
"""Messages of people, with the one that is answered: where more come, somebody quarrels or all laugh at once."""
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_MOST_REMEMBERED = 2_000


@dataclass(slots=True)
class _Channel:
    people: int = 0
    heard: deque[datetime] = field(default_factory=lambda: deque(maxlen=MOST_A_MINUTE + 1))
    own: datetime | None = None
    unasked: deque[datetime] = field(default_factory=lambda: deque(maxlen=MOST_AN_HOUR))


class TimingGate:
    """The moments of late, by channel; what is long ago is forgotten, and so is everything at a restart."""

    def __init__(self, quiet: QuietHours) -> None:
        """Take the hours in which nothing is said."""
        self._quiet = quiet
        self._channels: OrderedDict[Hashable, _Channel] = OrderedDict()

    def hear(self, channel: Hashable, now: datetime) -> None:
        """Note that a person said something."""
        seen = self._of(channel)
        seen.people += 1
        seen.heard.append(now)

    def speak(self, channel: Hashable, now: datetime) -> None:
        """Note that the bot said something, whoever asked."""
        seen = self._of(channel)
        seen.people, seen.own = 0, now

    def is_open(self, channel: Hashable, now: datetime) -> bool:
        """Say whether something may be said there, unasked, after what a person has said this moment."""
        seen = self._of(channel)
        is_quick = len(seen.heard) > MOST_A_MINUTE and now - seen.heard[0] < _MINUTE
        is_often = len(seen.unasked) == MOST_AN_HOUR and now - seen.unasked[0] < _HOUR
        is_soon = seen.own is not None and now - seen.own < SILENCE
        return seen.people >= PEOPLE_FIRST and not (is_quick or is_often or is_soon or self._quiet.cover(now))

    def take(self, channel: Hashable, now: datetime) -> bool:
        """Return whether something may still be said, if so once: of two who thought at a time one comes too late."""
        if not self.is_open(channel, now):
            return False
        self.speak(channel, now)
        self._of(channel).unasked.append(now)
        return True

    def _of(self, channel: Hashable) -> _Channel:
        seen = self._channels.setdefault(channel, _Channel())
        self._channels.move_to_end(channel)
        if len(self._channels) > _MOST_REMEMBERED:
            self._channels.popitem(last=False)
        return seen
