"""The repository of birthdays: set, removed, and who is there to have one. Knows no Discord.

An id is a number, and a name is what the member is called by.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.birthday.calendar.rule_text import text_of
from bot.features.birthday.calendar.rules import Birthday, Rule
from bot.features.birthday.model import BirthdayRecord, GuildSettings, State
from bot.features.birthday.storage import letters, photos, planning, tables
from bot.features.birthday.storage.guild_settings import ensure_settings
from bot.features.birthday.storage.records import damaged_ids, present_records, records_of
from bot.store.columns import insert
from bot.store.store import Store

_birthdays, _occurrences = tables.birthdays, tables.occurrences


class BirthdayRepository:
    """Stored birthdays of every server."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[], object] = lambda: None) -> None:
        """Take the store, and what to call after a change: the scheduler's ``wake``."""
        self._store = store
        self._clock = clock
        self._changed = changed

    async def set(self, guild_id: int, user_id: int, name: str, birthday: Birthday) -> BirthdayRecord:
        """Keep a birthday, or another in its place, and plan its days from today on.

        What was sent stays known by its day; see :meth:`BirthdayRecord.is_wished_on`.
        """
        (record,) = await self.set_many(guild_id, {user_id: (name, birthday)})
        return record

    async def set_many(self, guild_id: int, given: Mapping[int, tuple[str, Birthday]]) -> tuple[BirthdayRecord, ...]:
        """Keep many, by user id: all, or none if something fails."""
        async with self._store.writing() as connection:
            settings = await ensure_settings(connection, guild_id)
            before = {record.user_id: record for record in await records_of(connection, guild_id, given)}
            records = [
                self._record(settings, user_id, *name_and_birthday, before.get(user_id))
                for user_id, name_and_birthday in given.items()
            ]
            await self._save(connection, settings, records, before)
            after = {record.user_id: record for record in await records_of(connection, guild_id, given)}
        self._changed()
        return tuple(after[user_id] for user_id in given)

    async def get(self, guild_id: int, user_id: int) -> BirthdayRecord | None:
        """Return a member's birthday, also of one who left."""
        async with self._store.reading() as connection:
            return next(iter(await records_of(connection, guild_id, [user_id])), None)

    async def damaged(self, guild_id: int) -> tuple[int, ...]:
        """Return the user ids of those whose birthday cannot be read, because somebody or something wrote over it."""
        async with self._store.reading() as connection:
            return await damaged_ids(connection, guild_id)

    async def of_guild(self, guild_id: int) -> tuple[BirthdayRecord, ...]:
        """Return all that are not known to have left, by user id."""
        async with self._store.reading() as connection:
            return await present_records(connection, guild_id)

    async def remove(self, guild_id: int, user_id: int) -> bool:
        """Remove a birthday and what is planned for it; return whether there was one.

        That a wish was sent stays known, so that setting the birthday again does not bring a second.
        """
        async with self._store.writing() as connection:
            removed = await remove_records(connection, guild_id, [user_id])
        self._changed()
        return removed > 0

    async def note_present(self, guild_id: int, user_id: int) -> None:
        """Note that someone is on the server: who had left finds the birthday again, today's included."""
        async with self._store.writing() as connection:
            await note_present(connection, guild_id, [user_id], self._clock.now())
        self._changed()

    async def guilds_to_check(self, before: datetime) -> tuple[int, ...]:
        """Return the servers with somebody of whom it was last known before then whether they are there."""
        guild_ids = select(_birthdays.c.guild_id).where(_birthdays.c.checked_at < before).distinct()
        async with self._store.reading() as connection:
            return tuple((await connection.execute(guild_ids)).scalars())

    async def members_to_check(self, guild_id: int, before: datetime, most: int) -> frozenset[int]:
        """Return of whom that was last known before then, the longest ago first."""
        stale = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.checked_at < before)
        oldest = select(_birthdays.c.user_id).where(stale).order_by(_birthdays.c.checked_at).limit(most)
        async with self._store.reading() as connection:
            return frozenset((await connection.execute(oldest)).scalars())

    async def remove_long_gone(self, guild_id: int, left_before: datetime, checked_at: datetime) -> None:
        """Remove who left before then; only who was just asked after and is still not there."""
        long_gone = and_(
            _birthdays.c.guild_id == guild_id,
            _birthdays.c.left_at < left_before,
            _birthdays.c.checked_at == checked_at,
        )
        async with self._store.writing() as connection:
            user_ids = (await connection.execute(select(_birthdays.c.user_id).where(long_gone))).scalars().all()
            if user_ids:
                await remove_records(connection, guild_id, user_ids)

    def _record(
        self, settings: GuildSettings, user_id: int, name: str, birthday: Birthday, before: BirthdayRecord | None
    ) -> BirthdayRecord:
        is_same = before is not None and before.birthday.rule == birthday.rule
        since = before.since if before and is_same else settings.today(self._clock.now())
        return BirthdayRecord(settings.guild_id, user_id, name, birthday, since)

    async def _save(
        self,
        connection: AsyncConnection,
        settings: GuildSettings,
        records: Iterable[BirthdayRecord],
        before: Mapping[int, BirthdayRecord],
    ) -> None:
        now = self._clock.now()
        rows = [_values(record) | {"left_at": None, "checked_at": now} for record in records]
        if not rows:
            return
        statement = insert(connection, _birthdays)
        values = {name: statement.excluded[name] for name in rows[0]}
        keys = ["guild_id", "user_id"]
        await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)
        moved = [record for record in records if _rule(before.get(record.user_id)) != record.birthday.rule]
        await planning.unplan(connection, settings.guild_id, [record.user_id for record in moved])
        await planning.free_keys(connection, settings.guild_id, [record.user_id for record in moved])
        await planning.plan_records(connection, settings, moved)
        hiding = [record.user_id for record in records if record.birthday.hidden]
        await letters.discard_open(connection, settings.guild_id, hiding)


def _rule(record: BirthdayRecord | None) -> Rule | None:
    return record.birthday.rule if record else None


async def remove_records(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int]) -> int:
    """Remove birthdays and what is planned for them; return how many there were."""
    ids = list(user_ids)
    await planning.unplan(connection, guild_id, ids)
    await letters.discard_open(connection, guild_id, ids)
    await photos.discard(connection, guild_id, ids)
    theirs = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.user_id.in_(ids))
    return (await connection.execute(delete(_birthdays).where(theirs))).rowcount


async def note_present(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int], now: datetime) -> None:
    """Note that these are on the server; what was silent since yesterday is planned again."""
    theirs = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.user_id.in_(list(user_ids)))
    back = select(_birthdays.c.user_id).where(theirs, _birthdays.c.left_at.is_not(None))
    silent = and_(
        _occurrences.c.guild_id == guild_id,
        _occurrences.c.user_id.in_(back),
        _occurrences.c.state == State.SILENT,
        _occurrences.c.due > now - planning.DAY,
    )
    await connection.execute(update(_occurrences).where(silent).values(state=State.PLANNED))
    await connection.execute(update(_birthdays).where(theirs).values(left_at=None, checked_at=now))


async def note_absent(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int], now: datetime) -> None:
    """Note that these are not on the server, since now if it was not known before."""
    theirs = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.user_id.in_(list(user_ids)))
    await connection.execute(update(_birthdays).where(theirs).values(checked_at=now))
    new = and_(theirs, _birthdays.c.left_at.is_(None))
    await connection.execute(update(_birthdays).where(new).values(left_at=now))


def _values(record: BirthdayRecord) -> dict[str, Any]:
    birthday = record.birthday
    return {
        "guild_id": record.guild_id,
        "user_id": record.user_id,
        "name": record.name,
        "rule": text_of(birthday.rule),
        "year": birthday.year,
        "hidden": birthday.hidden,
        "since": record.since,
    }
