"""Whose birthday is when, kept. Knows no Discord: an id is a number, and a name is what the member is called by."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import String, and_, cast, delete, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.birthday.calendar import local_time
from bot.features.birthday.calendar.parsing import Birthday
from bot.features.birthday.calendar.rule_text import rule_of, text_of
from bot.features.birthday.calendar.rules import Rule
from bot.features.birthday.storage import planning, tables
from bot.features.birthday.storage.guild_settings import GuildSettings, ensure_settings
from bot.features.birthday.storage.tables import State
from bot.features.birthday.storage.validation import is_readable
from bot.store.columns import insert
from bot.store.store import Store

_birthdays, _occurrences = tables.birthdays, tables.occurrences
_log = logging.getLogger(__name__)

REST = timedelta(days=30)
"""For so long after a wish there is no other."""

WISHED = (State.SENT, State.CLAIMED, State.UNSURE)
"""The states of an occurrence whose wish was sent, or may have been."""
_theirs = _occurrences.alias("theirs")
COLUMNS = (
    *_birthdays.c,
    select(func.max(_theirs.c.day))
    .where(
        _theirs.c.guild_id == _birthdays.c.guild_id,
        _theirs.c.user_id == _birthdays.c.user_id,
        _theirs.c.state.in_(WISHED),
    )
    .scalar_subquery()
    .label("wished"),
)
"""What a :class:`BirthdayRecord` is made of."""


@dataclass(frozen=True, slots=True)
class BirthdayRecord:
    """Someone of a group and their birthday; no day before ``since`` is congratulated."""

    guild_id: int
    user_id: int
    name: str
    birthday: Birthday
    since: date
    left_at: datetime | None = None
    wished: date | None = None
    """The last day for which a wish was sent, or may have been."""

    def is_wished_on(self, day: date) -> bool:
        """Return whether an occurrence on ``day`` is congratulated: the one rule of the sender and of every answer.

        A date that was changed brings a wish on the new day, unless there was one in the :data:`REST` before it.
        """
        rests = self.wished is not None and timedelta() < day - self.wished <= REST
        return day >= self.since and not rests


class BirthdayRepository:
    """Every group's birthdays."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[], object] = lambda: None) -> None:
        """Take the store, and what to call after a change: the herald's ``wake``."""
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
            known = {record.user_id: record for record in await records_of(connection, guild_id, given)}
            records = tuple(
                self._record(settings, user_id, *each, known.get(user_id)) for user_id, each in given.items()
            )
            await self._keep(connection, settings, records, known)
            kept = {record.user_id: record for record in await records_of(connection, guild_id, given)}
        self._changed()
        return tuple(kept[user_id] for user_id in given)

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

    async def came(self, guild_id: int, user_id: int) -> None:
        """Note that someone is in the group: who had left finds the birthday again, today's included."""
        async with self._store.writing() as connection:
            await note_present(connection, guild_id, [user_id], self._clock.now())
        self._changed()

    async def went(self, guild_id: int, user_id: int) -> None:
        """Note that someone left the group; the birthday is kept silent, and removed after a while."""
        async with self._store.writing() as connection:
            await note_absent(connection, guild_id, [user_id], self._clock.now())

    def _record(
        self, settings: GuildSettings, user_id: int, name: str, birthday: Birthday, known: BirthdayRecord | None
    ) -> BirthdayRecord:
        same = known is not None and known.birthday.rule == birthday.rule
        since = known.since if known and same else local_time.local_day(self._clock.now(), settings.tz)
        return BirthdayRecord(settings.guild_id, user_id, name, birthday, since)

    async def _keep(
        self,
        connection: AsyncConnection,
        settings: GuildSettings,
        records: Iterable[BirthdayRecord],
        known: Mapping[int, BirthdayRecord],
    ) -> None:
        now = self._clock.now()
        rows = [_row(record) | {"left_at": None, "checked_at": now} for record in records]
        if not rows:
            return
        statement = insert(connection, _birthdays)
        values = {name: statement.excluded[name] for name in rows[0]}
        keys = ["guild_id", "user_id"]
        await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)
        moved = [record for record in records if _rule(known.get(record.user_id)) != record.birthday.rule]
        await _unplan(connection, settings.guild_id, [record.user_id for record in moved])
        await _free_keys(connection, settings.guild_id, [record.user_id for record in moved])
        followers = [(record.user_id, record.birthday.rule, record.since) for record in moved]
        await planning.plan_records(connection, settings, followers)


def _rule(record: BirthdayRecord | None) -> Rule | None:
    return record.birthday.rule if record else None


async def records_of(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int]) -> tuple[BirthdayRecord, ...]:
    """Return those of ``user_ids`` who have a birthday here, also who left."""
    wanted, found = list(user_ids), []
    for start in range(0, len(wanted), planning.CHUNK):
        some = _birthdays.c.user_id.in_(wanted[start : start + planning.CHUNK])
        rows = await connection.execute(select(*COLUMNS).where(_birthdays.c.guild_id == guild_id, some))
        found += _readable(rows)
    return tuple(found)


async def present_records(connection: AsyncConnection, guild_id: int) -> tuple[BirthdayRecord, ...]:
    """Return all of a group that are not known to have left, by user id."""
    here = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.left_at.is_(None))
    rows = await connection.execute(select(*COLUMNS).where(here).order_by(_birthdays.c.user_id))
    return tuple(_readable(rows))


async def remove_records(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int]) -> int:
    """Remove birthdays and what is planned for them; return how many there were."""
    wanted = list(user_ids)
    await _unplan(connection, guild_id, wanted)
    theirs = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.user_id.in_(wanted))
    return (await connection.execute(delete(_birthdays).where(theirs))).rowcount


async def note_present(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int], now: datetime) -> None:
    """Note that these are in the group; what was silent since yesterday is planned again."""
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
    """Note that these are not in the group, since now if it was not known before."""
    theirs = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.user_id.in_(list(user_ids)))
    await connection.execute(update(_birthdays).where(theirs).values(checked_at=now))
    new = and_(theirs, _birthdays.c.left_at.is_(None))
    await connection.execute(update(_birthdays).where(new).values(left_at=now))


async def damaged_ids(connection: AsyncConnection, guild_id: int) -> tuple[int, ...]:
    """Return the ids of those of a group whose birthday cannot be read."""
    rows = await connection.execute(select(*COLUMNS).where(_birthdays.c.guild_id == guild_id))
    return tuple(row.user_id for row in rows if record_of(row) is None)


def _readable(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[BirthdayRecord]:
    return [record for row in rows if (record := record_of(row))]


def record_of(row: Row[*tuple[Any, ...]]) -> BirthdayRecord | None:
    """Return the member in a row that has :data:`COLUMNS`; None for a damaged one, which is named in the log once."""
    if row.since is None or not is_readable(_birthdays.name, row._asdict()):
        _name_damaged(row.guild_id, row.user_id)
        return None
    birthday = Birthday(rule_of(row.rule), row.year, row.hidden)
    return BirthdayRecord(row.guild_id, row.user_id, row.name, birthday, row.since, row.left_at, row.wished)


def _row(record: BirthdayRecord) -> dict[str, Any]:
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


@cache
def _name_damaged(guild_id: int, user_id: int) -> None:
    _log.error("The birthday of user %d on server %d cannot be read and is left out: set it again.", user_id, guild_id)


async def _unplan(connection: AsyncConnection, guild_id: int, user_ids: list[int]) -> None:
    open_ones = _occurrences.c.state.in_([State.PLANNED, State.SPARED, State.SILENT, State.MISSED, State.UNSURE])
    for start in range(0, len(user_ids), planning.CHUNK):
        some = _occurrences.c.user_id.in_(user_ids[start : start + planning.CHUNK])
        await connection.execute(delete(_occurrences).where(_occurrences.c.guild_id == guild_id, some, open_ones))


async def _free_keys(connection: AsyncConnection, guild_id: int, user_ids: list[int]) -> None:
    """Put what is over, and the role lent for it, under its day: the year's key may be the new rule's too."""
    for start in range(0, len(user_ids), planning.CHUNK):
        theirs = and_(
            _occurrences.c.guild_id == guild_id,
            _occurrences.c.user_id.in_(user_ids[start : start + planning.CHUNK]),
            _occurrences.c.key != cast(_occurrences.c.day, String),
        )
        for row in (await connection.execute(select(_occurrences).where(theirs))).all():
            await _free_key(connection, row)


async def _free_key(connection: AsyncConnection, row: Row[*tuple[Any, ...]]) -> None:
    day, roles = row.day.isoformat(), tables.role_grants
    its = and_(_occurrences.c.guild_id == row.guild_id, _occurrences.c.user_id == row.user_id)
    # Of two on one day the later one tells more.
    await connection.execute(delete(_occurrences).where(its, _occurrences.c.key == day))
    await connection.execute(update(_occurrences).where(its, _occurrences.c.key == row.key).values(key=day))
    lent = and_(roles.c.guild_id == row.guild_id, roles.c.user_id == row.user_id)
    known = (await connection.execute(select(roles.c.key).where(lent, roles.c.key == day))).first()
    if known is None:
        await connection.execute(update(roles).where(lent, roles.c.key == row.key).values(key=day))
