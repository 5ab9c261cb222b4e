"""Memberships: on which servers somebody is, asked of Discord one by one and believed for a while.

Nobody tells the bot who leaves: that would take a privileged intent. Who cannot be asked after is taken for a stranger.
Discord takes fifty requests a second of a bot with however many servers, so that after one person few are asked.
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
_MOST_ASKED, _MINUTE = 200, 60.0
"""Questions after one person in a minute; those about servers on which they were seen come first."""

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
        self._asked: dict[int, list[float]] = {}

    def note(self, server: int, person: int) -> None:
        """Note that somebody was just seen on a server: Discord itself has said so, unasked."""
        self._remember(server, person, is_member=True)

    async def among(self, servers: Iterable[int], person: int) -> frozenset[int]:
        """Return on which of the servers somebody is; where Discord does not say so in time, they are not."""
        members, unknown, now = set[int](), list[int](), self._now()
        for server in servers:
            known = self._known.get((server, person))
            if known is None or now >= known.until:
                unknown.append(server)
            elif known.is_member:
                members.add(server)
        unknown.sort(key=lambda server: not self._was_member(server, person))
        asked = {server: asyncio.ensure_future(self._is_member(server, person)) for server in unknown[:_MOST_ASKED]}
        if asked:
            _, late = await asyncio.wait(asked.values(), timeout=_PATIENCE)
            for task in late:
                task.cancel()
        return frozenset(members.union(server for server, task in asked.items() if task.done() and task.result()))

    async def _is_member(self, server: int, person: int) -> bool:
        try:
            async with self._few:
                if not self._may_ask_after(person):
                    return False
                is_member = await self._ask(server, person)
        except Exception as error:  # noqa: BLE001 - whatever it is: nobody hears a group by mistake
            _log.warning("Discord does not say who is on a server: %s", outline(error))
            return False
        self._remember(server, person, is_member=is_member)
        return is_member

    def _was_member(self, server: int, person: int) -> bool:
        known = self._known.get((server, person))
        return known is not None and known.is_member

    def _may_ask_after(self, person: int) -> bool:
        """Count a question, if there may be one more in this minute."""
        now = self._now()
        moments = [moment for moment in self._asked.get(person, ()) if 0 <= now - moment < _MINUTE]
        if len(self._asked) >= _MOST_KNOWN:
            self._asked.clear()
        self._asked[person] = moments
        if len(moments) >= _MOST_ASKED:
            return False
        moments.append(now)
        return True

    def _remember(self, server: int, person: int, *, is_member: bool) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[server, person] = _Known(is_member, self._now() + (FRESH if is_member else _STRANGER_FRESH))
