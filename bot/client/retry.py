"""Backoff with jitter, and what of Discord's failures passes. Knows nothing of what is tried again."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

_log = logging.getLogger(__name__)

T = TypeVar("T")

_LONGEST = 300.0
_QUIET = 600.0


class Backoff:
    """Delays that double from one failure to the next, each shortened at random so that many do not return at once.

    After ten minutes without a failure it begins anew.
    """

    def __init__(self) -> None:
        self.failures = 0
        self._last = time.monotonic()

    def delay(self) -> float:
        """Count a failure and return the seconds to wait after it."""
        now = time.monotonic()
        if now - self._last > _QUIET:
            self.failures = 0
        self._last = now
        longest: float = min(_LONGEST, 2 ** min(self.failures, 10))
        self.failures += 1
        return longest * random.uniform(0.5, 1)


def is_passing(error: Exception) -> bool:
    """Say whether a request to Discord that failed like this may go well later."""
    if isinstance(error, discord.HTTPException):
        return error.status == 429 or error.status >= 500
    return isinstance(error, aiohttp.ClientError | OSError | TimeoutError)


async def persistently(
    what: str,
    action: Callable[[], Awaitable[T]],
    *,
    tries: int | None = None,
    passing: Callable[[Exception], bool] = is_passing,
) -> T:
    """Return what ``action`` returns, after as many tries as it takes, or ``tries``; ``what`` names it in the log.

    An error that is not ``passing``, or the last one, is raised.
    """
    backoff = Backoff()
    while True:
        try:
            return await action()
        except Exception as error:
            delay = backoff.delay()
            if backoff.failures == tries or not passing(error):
                raise
            status = f"error {error.status}" if isinstance(error, discord.HTTPException) else type(error).__name__
            _log.warning("Discord cannot be reached (%s, %s): next try in %.1f s.", what, status, delay)
            await asyncio.sleep(delay)
