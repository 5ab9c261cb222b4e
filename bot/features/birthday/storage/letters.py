"""The repository of letters: wishes that members write beforehand, and the wish that brings them. Knows no chat.

An open letter waits for the next birthday, whatever day that will be, and nobody but its author reads it. It is bound
to the wish that is about to be sent, set free again if that is not sent after all, and handed over with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.guild_settings import settings_of
from bot.features.birthday.storage.records import records_of
from bot.store.columns import insert
from bot.store.store import Store

_letters = tables.letters
_OPEN = ""
"""The occasion of a letter that is bound to no wish yet."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote to somebody; ``name`` is what its author was called then."""

    to_id: int
    author_id: int
    name: str
    text: str


class LetterRepository:
    """Letters of every server: one of each author to each member for their next birthday."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def write(self, guild_id: int, letter: Letter) -> bool:
        """Keep a letter, in place of an earlier one; return False if it would come too late, or is not wanted."""
        now = self._clock.now()
        values = {
            "guild_id": guild_id,
            "to_id": letter.to_id,
            "user_id": letter.author_id,
            "occasion": _OPEN,
            "name": letter.name,
            "text": letter.text,
            "written_at": now,
        }
        async with self._store.writing() as connection:
            record = next(iter(await records_of(connection, guild_id, [letter.to_id])), None)
            today = (await settings_of(connection, guild_id)).today(now)
            if record is None or not record.is_prepared or record.is_just_wished(today):
                return False
            statement = insert(connection, _letters).values(values)
            keys = ["guild_id", "to_id", "user_id", "occasion"]
            await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
        return True

    async def open_letter(self, guild_id: int, to_id: int, author_id: int) -> Letter | None:
        """Return what an author has written to somebody and was not handed over yet."""
        return next(iter(await self._where(_is_open(guild_id, to_id), _letters.c.user_id == author_id)), None)

    async def open_letters(self, guild_id: int, to_id: int) -> tuple[Letter, ...]:
        """Return what waits for somebody's birthday; who manages the server learns of it who wrote, and no word."""
        return await self._where(_is_open(guild_id, to_id))

    async def handed_over(self, guild_id: int, nonce: str) -> tuple[Letter, ...]:
        """Return what came with the wish of that nonce, the oldest first; whoever knows it has seen the wish."""
        return await self._where(_letters.c.guild_id == guild_id, _letters.c.occasion == nonce)

    async def newest_for(self, guild_id: int, to_id: int) -> str | None:
        """Return the nonce of the last wish that brought somebody letters which are still kept."""
        theirs = and_(_letters.c.guild_id == guild_id, _letters.c.to_id == to_id, _is_handed())
        newest = select(_letters.c.occasion).where(theirs).order_by(_letters.c.handed_at.desc()).limit(1)
        async with self._store.reading() as connection:
            nonce: str | None = await connection.scalar(newest)
            return nonce

    async def withdraw(self, guild_id: int, to_id: int, author_id: int, nonce: str = _OPEN) -> bool:
        """Delete a letter, an open one or one that came with a wish; return whether there was one."""
        its = and_(_letters.c.guild_id == guild_id, _letters.c.to_id == to_id, _letters.c.user_id == author_id)
        async with self._store.writing() as connection:
            return (await connection.execute(delete(_letters).where(its, _letters.c.occasion == nonce))).rowcount > 0

    async def bind(self, guild_id: int, to_ids: Iterable[int], nonce: str) -> int:
        """Bind what waits for these people to the wish that is about to be sent; return how many it brings."""
        waiting = and_(_letters.c.guild_id == guild_id, _letters.c.to_id.in_(list(to_ids)), _is_unbound())
        async with self._store.writing() as connection:
            await connection.execute(update(_letters).where(waiting).values(occasion=nonce))
            return await _count(connection, nonce)

    async def count(self, nonce: str) -> int:
        """Return how many letters a wish brings."""
        async with self._store.reading() as connection:
            return await _count(connection, nonce)

    async def forget(self, handed_before: datetime, written_before: datetime) -> None:
        """Delete what was handed over before then, and what nobody ever got since then."""
        old = (_letters.c.handed_at < handed_before) | (_is_unbound() & (_letters.c.written_at < written_before))
        async with self._store.writing() as connection:
            await connection.execute(delete(_letters).where(old))

    async def _where(self, *conditions: ColumnElement[bool]) -> tuple[Letter, ...]:
        by_age = select(_letters).where(*conditions).order_by(_letters.c.written_at, _letters.c.user_id)
        async with self._store.reading() as connection:
            return tuple(map(_from_row, await connection.execute(by_age)))


async def hand_over(connection: AsyncConnection, nonce: str, now: datetime) -> None:
    """Note that the wish which brings these letters is in the chat: from now on they are read there."""
    bound = and_(_letters.c.occasion == nonce, ~_is_handed())
    await connection.execute(update(_letters).where(bound).values(handed_at=now))


async def set_free(connection: AsyncConnection, nonce: str) -> None:
    """Let what was bound to a wish that was not sent wait for the next one."""
    await connection.execute(update(_letters).where(_letters.c.occasion == nonce).values(occasion=_OPEN))


async def discard_open(connection: AsyncConnection, guild_id: int, to_ids: Iterable[int]) -> None:
    """Delete what was not handed over to these people: their birthday is gone, or is to be left alone."""
    for to_id in to_ids:
        theirs = and_(_letters.c.guild_id == guild_id, _letters.c.to_id == to_id, ~_is_handed())
        await connection.execute(delete(_letters).where(theirs))


def _is_open(guild_id: int, to_id: int) -> ColumnElement[bool]:
    return and_(_letters.c.guild_id == guild_id, _letters.c.to_id == to_id, _is_unbound())


def _is_unbound() -> ColumnElement[bool]:
    return _letters.c.occasion == _OPEN


def _is_handed() -> ColumnElement[bool]:
    return _letters.c.handed_at.is_not(None)


async def _count(connection: AsyncConnection, nonce: str) -> int:
    count = select(func.count()).select_from(_letters).where(_letters.c.occasion == nonce)
    return await connection.scalar(count) or 0


def _from_row(row: Row[*tuple[object, ...]]) -> Letter:
    return Letter(row.to_id, row.user_id, row.name, row.text)
