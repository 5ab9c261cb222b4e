"""Cache of the refused lines of every place, so that an answer waits for no database. Knows no Discord.

What this process changes counts from the next answer on; what another one does (a backup is restored, two bots on one
database) within ``FRESH`` seconds.
"""

import asyncio
import time
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from bot.features.blocklist.lines import RefusedLineRepository
from bot.store.errors import StoreBusy

FRESH = 60.0
_PATIENCE = 1.0
"""Seconds for which an answer waits for the database; Discord waits three for both."""
_MOST_PLACES = 10_000
_EXPIRED = float("-inf")


class _Known(NamedTuple):
    lines: frozenset[str]
    read_at: float


class RefusedLineCache:
    """The lines as they were read last."""

    def __init__(self, repository: RefusedLineRepository) -> None:
        self._repository = repository
        self._known: dict[int, _Known] = {}
        self._changes = 0

    async def of(self, place: int) -> frozenset[str]:
        """Return the lines of a place; where the database is away, those of the last time.

        Raises:
            StoreBusy: it is away, and there was no last time.
        """
        known = self._known.get(place)
        if known is not None and time.monotonic() - known.read_at < FRESH:
            return known.lines
        changes, now = self._changes, time.monotonic()
        try:
            async with asyncio.timeout(_PATIENCE):
                lines = await self._repository.texts(place)
        except (DBAPIError, OSError, StoreBusy) as error:
            if known is None:
                raise StoreBusy from error
            return known.lines
        if len(self._known) >= _MOST_PLACES:
            self._known.clear()
        # What was changed while it was read is read again for the next answer.
        self._known[place] = _Known(lines, now if changes == self._changes else _EXPIRED)
        return lines

    def expire(self, place: int) -> None:
        """Read a place again before its next answer, because it was changed."""
        self._changes += 1
        if known := self._known.get(place):
            self._known[place] = known._replace(read_at=_EXPIRED)
