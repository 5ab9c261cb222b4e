"""Refused lines: kept by the place where they must not be said, each once however it is spelt. Knows no Discord."""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, String, Table, Text, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bundle.verbatim import Spelling
from bot.store.columns import METADATA, Moment, insert
from bot.store.personal_data import rows_of_user
from bot.store.store import Store

MOST = 500
"""Lines of one place; a speaker looks at all of them before every answer."""

TABLE = Table(
    "refused_lines",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False, doc="a server, or the user of private messages"),
    Column("key", String(32), primary_key=True, doc="a digest of the letters"),
    Column("text", Text, nullable=False),
    Column("user_id", BigInteger, index=True, doc="who asked; nobody once they are forgotten"),
    Column("at", Moment, nullable=False),
)


class RefusedLine(NamedTuple):
    """A line in a list."""

    key: str
    text: str


class BlocklistFullError(Exception):
    """A place has as many lines as it may."""


class RefusedLineRepository:
    """The refused lines of every place."""

    def __init__(self, store: Store, changed: Callable[[int], None]) -> None:
        """Take the database, and what is called with a place whose lines have changed."""
        self._store = store
        self._changed = changed

    async def add(self, place: int, user_id: int, text: str, now: datetime) -> bool:
        """Refuse a line from now on, and return whether it was not refused yet.

        Raises:
            BlocklistFullError: the place has too many.
        """
        row = {"place": place, "key": _key(text), "text": text, "user_id": user_id, "at": now}
        async with self._store.writing() as connection:
            added = await connection.execute(insert(connection, TABLE).values(row).on_conflict_do_nothing())
            if added.rowcount > 0 and await _count(connection, place) > MOST:
                # What this block has written is not kept.
                raise BlocklistFullError
        self._changed(place)
        return added.rowcount > 0

    async def remove(self, place: int, key: str) -> None:
        """Let a line be said again."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.place == place, TABLE.c.key == key))
        self._changed(place)

    async def texts(self, place: int) -> frozenset[str]:
        """Return every line of a place."""
        async with self._store.reading() as connection:
            return frozenset(await connection.scalars(select(TABLE.c.text).where(TABLE.c.place == place)))

    async def newest(self, place: int) -> list[RefusedLine]:
        """Return every line of a place, the newest first."""
        rows = select(TABLE.c.key, TABLE.c.text).where(TABLE.c.place == place).order_by(TABLE.c.at.desc(), TABLE.c.key)
        async with self._store.reading() as connection:
            return [RefusedLine(*row) for row in await connection.execute(rows)]

    async def export(self, user_id: int) -> dict[str, object]:
        """Return the lines that a user refused."""
        return await rows_of_user(self._store, [TABLE], user_id)

    async def servers(self) -> frozenset[int]:
        """Return the servers where lines are refused; in private messages nobody but the user of the place does so."""
        on_servers = TABLE.c.user_id.is_(None) | (TABLE.c.user_id != TABLE.c.place)
        async with self._store.reading() as connection:
            return frozenset(await connection.scalars(select(TABLE.c.place).where(on_servers).distinct()))

    async def forget_server(self, server: int) -> None:
        """Delete the lines of a server."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.place == server))
        self._changed(server)

    async def forget(self, user_id: int) -> None:
        """Delete the lines of a user's private messages, and of those on servers who refused them.

        The latter stay refused: they may be about others, or about the one who is forgotten.
        """
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.place == user_id))
            await connection.execute(update(TABLE).where(TABLE.c.user_id == user_id).values(user_id=None))
        self._changed(user_id)


def _key(text: str) -> str:
    spelling = Spelling.of(text)
    return blake2b((spelling.letters or spelling.signs).encode(), digest_size=16).hexdigest()


async def _count(connection: AsyncConnection, place: int) -> int:
    return await connection.scalar(select(func.count()).select_from(TABLE).where(TABLE.c.place == place)) or 0
