"""The clock: what time it is, waiting until some, and hours of quiet. Injected, so that tests can turn it."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

_LOOK = timedelta(seconds=20)


class Clock(Protocol):
    """A clock on the wall: it may be set back, or jump ahead when the machine was asleep."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        ...

    async def sleep_until(self, moment: datetime) -> None:
        """Return as soon as it is ``moment``, and at once if it has been; whoever waits may cancel."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> datetime:
        """Return this moment, aware and in UTC."""
        return datetime.now(UTC)

    async def sleep_until(self, moment: datetime) -> None:
        """Sleep in short pieces: the loop's clock stands still while a machine is asleep, and this one may be set."""
        while (left := moment - self.now()) > timedelta():  # noqa: ASYNC110 - time itself is what is waited for
            await asyncio.sleep(min(left, _LOOK).total_seconds())


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From the hour ``first`` until ``last``, 0 to 23, by the clocks of ``zone``; the same hour twice is never."""

    first: int
    last: int
    zone: tzinfo

    def cover(self, moment: datetime) -> bool:
        """Say whether a moment is in them."""
        hour = moment.astimezone(self.zone).hour
        return (hour - self.first) % 24 < (self.last - self.first) % 24
