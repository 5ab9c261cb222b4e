"""Departures: what is kept about a server is forgotten when it has been left, or is not served, for a month.

Which servers anything is kept about, and how it is forgotten, each feature knows for itself. Knows no Discord.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import BigInteger, Column, Table, delete, select

from bot.store.columns import METADATA, Moment, insert
from bot.store.store import Store

_log = logging.getLogger(__name__)

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long is kept what is about somebody who left a server, or about a server that was left."""

TABLE = Table(
    "departed_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", Moment, nullable=False),
)

IsHere = Callable[[int], Awaitable[bool | None]]
"""Takes a server and returns whether the bot is there and serves it; None where nobody can say."""


class Keeper(Protocol):
    """Who keeps something about servers."""

    async def servers(self) -> Collection[int]:
        """Return the servers that anything is kept about."""

    async def forget_server(self, server: int) -> None:
        """Delete all that is kept about a server."""


class Departures:
    """Since when which servers are gone."""

    def __init__(self, store: Store, keepers: Sequence[Keeper], is_here: IsHere) -> None:
        """Take the database, everybody who keeps something, and whom to ask whether a server is still there."""
        self._store = store
        self._keepers = keepers
        self._is_here = is_here

    async def run(self, now: datetime) -> None:
        """Note who is gone and who is back, and forget those who have been gone for a month."""
        gone = await self._gone()
        kept = frozenset[int]().union(*[await keeper.servers() for keeper in self._keepers])
        for server in sorted(kept | gone.keys()):
            is_here = await self._is_here(server)
            if is_here is None:
                continue
            since = gone.get(server)
            if is_here or (since is None and server in gone):
                # Where it cannot be read since when, the month begins again.
                await self._note_back(server)
            elif since is None:
                await self._note_gone(server, now)
            elif since <= now - KEPT_AFTER_LEAVING:
                await self._forget(server)

    async def _forget(self, server: int) -> None:
        for keeper in self._keepers:
            await keeper.forget_server(server)
        await self._note_back(server)
        _log.info("What was kept about a server is forgotten: it has been left for %d days.", KEPT_AFTER_LEAVING.days)

    async def _gone(self) -> dict[int, datetime | None]:
        async with self._store.reading() as connection:
            rows = await connection.execute(select(TABLE.c.guild_id, TABLE.c.since))
            return {row.guild_id: row.since for row in rows}

    async def _note_gone(self, server: int, now: datetime) -> None:
        async with self._store.writing() as connection:
            row = {"guild_id": server, "since": now}
            await connection.execute(insert(connection, TABLE).values(row).on_conflict_do_nothing())

    async def _note_back(self, server: int) -> None:
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.guild_id == server))
