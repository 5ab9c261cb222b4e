"""Memberships: on which servers somebody is, asked of Discord one by one and believed for a while.

Nobody tells the bot who leaves: that would take a privileged intent. Who cannot be asked after is taken for a stranger.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from bot.logs import outline

_log = logging.getLogger(__name__)

FRESH = 600.0
"""Seconds that somebody is taken for a member after Discord has said so: that long they may be heard after leaving."""
_STRANGER_FRESH = 60.0
_MOST_KNOWN = 100_000
_PATIENCE = 1.5
"""Seconds for all questions together; Discord waits three for the whole answer."""
_AT_ONCE = 10

Ask = Callable[[int, int], Awaitable[bool]]
"""Takes a server and a person and returns whether they are on it; raises where Discord does not say."""


class _Known(NamedTuple):
    is_member: bool
    until: float


class Memberships:
    """What Discord has said of late."""

    def __init__(self, ask: Ask, now: Callable[[], float] = time.monotonic) -> None:
        """Take whom to ask, and a clock in seconds."""
        self._ask = ask
        self._now = now
        self._known: dict[tuple[int, int], _Known] = {}
        self._few = asyncio.Semaphore(_AT_ONCE)

    async def among(self, servers: Iterable[int], person: int) -> frozenset[int]:
        """Return on which of the servers somebody is; where Discord does not say so in time, they are not."""
        asked = {server: asyncio.ensure_future(self._is_member(server, person)) for server in servers}
        if asked:
            _, late = await asyncio.wait(asked.values(), timeout=_PATIENCE)
            for task in late:
                task.cancel()
        return frozenset(server for server, task in asked.items() if task.done() and task.result())

    async def _is_member(self, server: int, person: int) -> bool:
        known = self._known.get((server, person))
        if known is not None and self._now() < known.until:
            return known.is_member
        try:
            async with self._few:
                is_member = await self._ask(server, person)
        except Exception as error:  # noqa: BLE001 - whatever it is: nobody hears a group by mistake
            _log.warning("Discord does not say who is on a server: %s", outline(error))
            return False
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[server, person] = _Known(is_member, self._now() + (FRESH if is_member else _STRANGER_FRESH))
        return is_member
