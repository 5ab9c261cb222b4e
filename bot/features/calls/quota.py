"""Which of the messages that call the bot it may answer: none twice, and only so many a minute. Knows no Discord."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta

MOST_A_MINUTE = 6
"""Answers in one channel."""
_MINUTE = timedelta(minutes=1)
_MOST_REMEMBERED = 2_000


class Quota:
    """What was answered of late, by channel and by message; what is long ago is forgotten."""

    def __init__(self, most: int = MOST_A_MINUTE) -> None:
        """Let so many through in a minute of each channel."""
        self._most = most
        self._answered: OrderedDict[Hashable, None] = OrderedDict()
        self._moments: OrderedDict[Hashable, deque[datetime]] = OrderedDict()

    def take(self, channel: Hashable, message: Hashable, now: datetime) -> bool:
        """Return whether a message may be answered; if so it counts, and never may again."""
        moments = self._moments.setdefault(channel, deque(maxlen=self._most))
        self._moments.move_to_end(channel)
        is_full = len(moments) == self._most and timedelta() <= now - moments[0] < _MINUTE  # a clock may be set back
        if message in self._answered or is_full:
            return False
        moments.append(now)
        self._answered[message] = None
        for remembered in (self._answered, self._moments):
            if len(remembered) > _MOST_REMEMBERED:
                remembered.popitem(last=False)
        return True
