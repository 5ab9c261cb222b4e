"""An adjustable clock, and the control that turns it: to the next event, or on by some time.

Knows nothing of what the events are. Whoever runs the playground names them, and lets the bot go by the same clock.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

NextEvent = Callable[[datetime], Awaitable[datetime | None]]
"""Takes the moment it is. Returns when there is next something to do: not later than that moment while the bot is
still at what is due, and None if nothing is ahead."""

DAY = timedelta(days=1)
PATIENCE = 5.0
"""Seconds that the bot has for what is due before time goes on."""
_LOOK = 20.0
_POLL = 0.02


class AdjustableClock:
    """A clock that goes as clocks do until it is turned. It begins at ``moment``, aware, or else at this moment."""

    def __init__(self, moment: datetime | None = None) -> None:
        self._ahead = timedelta() if moment is None else moment - datetime.now(UTC)
        self._turned = asyncio.Event()
        self._listeners: list[Callable[[], None]] = []

    def __call__(self) -> float:
        """Return this moment in Unix seconds."""
        return self.now().timestamp()

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        return datetime.now(UTC) + self._ahead

    def turn(self, moment: datetime) -> None:
        """Make it ``moment``."""
        self._ahead = moment - datetime.now(UTC)
        self._turned.set()
        self._turned = asyncio.Event()
        for listener in self._listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each turn."""
        self._listeners.append(listener)

    async def sleep_until(self, moment: datetime) -> None:
        """Return as soon as it is ``moment``, and at once if it has been."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._turned.wait(), min(left, _LOOK))


class ClockControl:
    """Turns a clock ahead. ``label`` says, by locale, what it is turned to; without an event, that is tomorrow."""

    def __init__(
        self, clock: AdjustableClock, next_event: NextEvent | None = None, label: Mapping[str, str] | None = None
    ) -> None:
        self.clock = clock
        self.label = dict(label or {})
        self._next_event = next_event
        self._one_at_a_time = asyncio.Lock()

    async def jump(self) -> datetime:
        """Turn to the next event, or by a day where none is known; return the moment when the bot has done its part."""
        async with self._one_at_a_time:
            now, event = await self.settled()
            self.clock.turn(event or now + DAY)
            await self.settled()
        return self.clock.now()

    async def advance(self, by: timedelta) -> None:
        """Let time pass from event to event, so that nothing on the way is late."""
        async with self._one_at_a_time:
            end = self.clock.now() + by
            while True:
                now, event = await self.settled()
                if now >= end:
                    return
                self.clock.turn(min(event or end, end))

    async def settled(self) -> tuple[datetime, datetime | None]:
        """Wait a little for the bot to do what is due; return the moment, and the event that follows, if any."""
        waited = 0.0
        while True:
            now = self.clock.now()
            event = await self._next_event(now) if self._next_event else None
            if event is None or event > now:
                return now, event
            if waited >= PATIENCE:
                return now, None
            await asyncio.sleep(_POLL)
            waited += _POLL
