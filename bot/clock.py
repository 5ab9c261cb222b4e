"""The clock: what time it is, and waiting until some. Injected, so that tests and the playground can turn it."""

import asyncio
from datetime import UTC, datetime, timedelta
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
