"""The repository of occurrences, from planned to sent, or to the admins' eyes. Knows no chat; the outbox is beside."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar.rules import Occurrence, Rule, occurrence_in
from bot.features.birthday.model import REST, WISHED, About, Celebrated, State
from bot.features.birthday.storage import planning, problems, tables
from bot.features.birthday.storage.birthdays import note_absent, note_present
from bot.features.birthday.storage.guild_settings import settings_by_guild, settings_of
from bot.features.birthday.storage.records import COLUMNS, record_of, records_of
from bot.store.columns import is_unreadable
from bot.store.store import Store

_birthdays, _occurrences = tables.birthdays, tables.occurrences
_log = logging.getLogger(__name__)
_TO_SHOW = (State.MISSED, State.UNSURE)
_OVER = (State.SENT, State.SPARED, State.SILENT, State.SHOWN)


class OccurrenceRepository:
    """Stored occurrences of every server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def plan(self, now: datetime) -> None:
        """Plan the days to come; see :func:`bot.features.birthday.storage.planning.plan_ahead`."""
        async with self._store.writing() as connection:
            await planning.plan_ahead(connection, now)
            await _spare(connection, now)

    async def repair(self, now: datetime) -> None:
        """Remove what is planned and cannot be read, and plan anew for whose birthday can."""
        async with self._store.reading() as connection:
            damaged = await _damaged(connection)
        if not damaged:
            return
        async with self._store.writing() as connection:
            for row in damaged:
                _log.error("What was planned for user %d on server %d was damaged.", row.user_id, row.guild_id)
                its = and_(_occurrences.c.guild_id == row.guild_id, _occurrences.c.user_id == row.user_id)
                await connection.execute(delete(_occurrences).where(its, _occurrences.c.key == row.key))
                records = await records_of(connection, row.guild_id, [row.user_id])
                settings = await settings_of(connection, row.guild_id)
                anew = [replace(record, since=max(record.since, settings.today(now))) for record in records]
                if row.state not in WISHED:
                    await planning.plan_records(connection, settings, anew)

    async def spare_due(self, now: datetime) -> None:
        """Leave out of what is due who was congratulated shortly before, on a date that was changed since."""
        async with self._store.reading() as connection:
            rows = await _to_spare(connection, now)
        if rows:
            async with self._store.writing() as connection:
                await _spare(connection, now)

    async def due(self, guild_id: int, now: datetime) -> tuple[Celebrated, ...]:
        """Return who of a server is due and planned, by day; what became due since the last look is spared here too."""
        await self.spare_due(now)
        async with self._store.reading() as connection:
            return await _celebrated(connection, and_(_occurrences.c.guild_id == guild_id, _is_due(now)))

    async def people_of(self, nonce: str) -> tuple[Celebrated, ...]:
        """Return for whom a claimed message is, without those whose birthday was removed since."""
        async with self._store.reading() as connection:
            return await _celebrated(connection, _occurrences.c.nonce == nonce)

    async def note_presence(self, guild_id: int, here: frozenset[int], gone: frozenset[int], now: datetime) -> None:
        """Note who is on the server and who is not; what is due for the latter becomes silent."""
        theirs = and_(_occurrences.c.guild_id == guild_id, _occurrences.c.user_id.in_(list(gone)))
        due = and_(_occurrences.c.due <= now, _occurrences.c.state.in_([State.PLANNED, *_TO_SHOW]))
        async with self._store.writing() as connection:
            await note_present(connection, guild_id, here, now)
            if gone:
                await note_absent(connection, guild_id, gone, now)
                await connection.execute(update(_occurrences).where(theirs, due).values(state=State.SILENT))

    async def mark_missed(self, overdue: Iterable[tuple[int, date]], now: datetime) -> None:
        """Call missed what of these servers and days is still planned."""
        async with self._store.writing() as connection:
            for guild_id, day in overdue:
                its = and_(_is_due(now), _occurrences.c.guild_id == guild_id, _occurrences.c.day == day)
                await connection.execute(update(_occurrences).where(its).values(state=State.MISSED))

    async def to_show(self, guild_id: int) -> tuple[tuple[Celebrated, ...], frozenset[int]]:
        """Return who was missed on a server and not shown yet, and those of them who may have been congratulated."""
        its = _occurrences.c.guild_id == guild_id
        async with self._store.reading() as connection:
            people = await _celebrated(connection, and_(its, _occurrences.c.state.in_(_TO_SHOW)))
            unsure = select(_occurrences.c.user_id).where(its, _occurrences.c.state == State.UNSURE)
            return people, frozenset((await connection.execute(unsure)).scalars())

    async def mark_shown(self, guild_id: int, people: Iterable[Celebrated]) -> None:
        """Note that the admins were told of these."""
        async with self._store.writing() as connection:
            for celebrated in people:
                its = and_(_is(guild_id, celebrated), _occurrences.c.state.in_(_TO_SHOW))
                await connection.execute(update(_occurrences).where(its).values(state=State.SHOWN))

    async def mark_due_unsure(self, now: datetime) -> int:
        """Show to the admins what is due by now instead of sending it; return how many that are.

        For a restored backup, which cannot know what was sent after it was made.
        """
        async with self._store.writing() as connection:
            await planning.plan_ahead(connection, now)
            await _spare(connection, now)
            return (
                await connection.execute(update(_occurrences).where(_is_due(now)).values(state=State.UNSURE))
            ).rowcount

    async def forget_settled(self, before: datetime) -> None:
        """Delete what was due before then and is over."""
        over = and_(_occurrences.c.due < before, _occurrences.c.state.in_(_OVER))
        async with self._store.writing() as connection:
            await connection.execute(delete(_occurrences).where(over))


async def celebrated_from(connection: AsyncConnection, guild_id: int, first: date) -> tuple[Celebrated, ...]:
    """Return who of a server celebrates from ``first`` on as far as is planned, without whom the sender leaves out."""
    states = _occurrences.c.state.in_([State.PLANNED, *WISHED])
    its = and_(_occurrences.c.guild_id == guild_id, states, _occurrences.c.day >= first)
    people = await _celebrated(connection, its)
    return tuple(celebrated for celebrated in people if celebrated.record.is_wished_on(celebrated.occurrence.date))


async def count_due(connection: AsyncConnection, now: datetime) -> int:
    """Return how many of all servers are due, or are being sent."""
    due = or_(_is_due(now), _occurrences.c.state == State.CLAIMED)
    return await connection.scalar(select(func.count()).select_from(_occurrences).where(due)) or 0


async def waiting(connection: AsyncConnection, now: datetime) -> tuple[int, ...]:
    """Return the servers on which something planned is due and nothing says to wait."""
    guild_ids = select(_occurrences.c.guild_id).where(_is_due(now), ~problems.waits(_occurrences.c.guild_id, now))
    return tuple((await connection.execute(guild_ids.distinct())).scalars())


async def overdue(connection: AsyncConnection, now: datetime) -> tuple[tuple[int, date], ...]:
    """Return the servers and days for which something is planned and due and too late."""
    days = select(_occurrences.c.guild_id, _occurrences.c.day).where(_is_due(now)).distinct()
    rows = (await connection.execute(days)).all()
    settings = await settings_by_guild(connection, {row.guild_id for row in rows})
    late = (row for row in rows if row.day and settings[row.guild_id].is_too_late(row.day, now))
    return tuple((row.guild_id, row.day) for row in late)


async def unshown(connection: AsyncConnection, now: datetime) -> tuple[int, ...]:
    """Return the servers whose admins are to be told of a missed birthday, and nothing says to wait."""
    waits = problems.waits(_occurrences.c.guild_id, now, About.MISSED)
    guild_ids = select(_occurrences.c.guild_id).where(_occurrences.c.state.in_(_TO_SHOW), ~waits)
    return tuple((await connection.execute(guild_ids.distinct())).scalars())


async def next_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return when something planned is due next."""
    planned = and_(_occurrences.c.state == State.PLANNED, _occurrences.c.due > now)
    due: datetime | None = await connection.scalar(select(func.min(_occurrences.c.due)).where(planned))
    return due


def _from_row(row: Row[*tuple[Any, ...]]) -> Celebrated | None:
    """Return who and which day, of a row with the columns of both tables; None where it is damaged."""
    record = record_of(row)
    if record is None or row.day is None:
        return None
    return Celebrated(record, _occurrence(record.birthday.rule, row))


def _occurrence(rule: Rule, row: Row[*tuple[Any, ...]]) -> Occurrence:
    stored = Occurrence(row.key, row.day)
    by_rule = occurrence_in(rule, stored.year)
    # The rule may have been changed while the message was on its way.
    return by_rule if by_rule and (by_rule.key, by_rule.date) == (row.key, row.day) else stored


async def _celebrated(connection: AsyncConnection, which: ColumnElement[bool]) -> tuple[Celebrated, ...]:
    same = and_(_birthdays.c.guild_id == _occurrences.c.guild_id, _birthdays.c.user_id == _occurrences.c.user_id)
    both = select(*COLUMNS, _occurrences.c.key, _occurrences.c.day).join(_occurrences, same)
    ordered = both.where(which).order_by(_occurrences.c.day, _occurrences.c.due, _birthdays.c.user_id)
    people = map(_from_row, await connection.execute(ordered))
    return tuple(celebrated for celebrated in people if celebrated)


def _is(guild_id: int, celebrated: Celebrated) -> ColumnElement[bool]:
    return and_(
        _occurrences.c.guild_id == guild_id,
        _occurrences.c.user_id == celebrated.record.user_id,
        _occurrences.c.key == celebrated.occurrence.key,
    )


async def _damaged(connection: AsyncConnection) -> list[Row[*tuple[Any, ...]]]:
    """Return the occurrences without a day or a moment, and those that are planned for nobody readable."""
    same = and_(_birthdays.c.guild_id == _occurrences.c.guild_id, _birthdays.c.user_id == _occurrences.c.user_id)
    planned = select(*COLUMNS, _occurrences.c.key, _occurrences.c.state).join(_occurrences, same)
    rows = await connection.execute(planned.where(_occurrences.c.state == State.PLANNED))
    damaged = [row for row in rows if record_of(row) is None]
    unreadable = or_(is_unreadable(connection, _occurrences.c.day), is_unreadable(connection, _occurrences.c.due))
    return damaged + list(await connection.execute(select(_occurrences).where(unreadable)))


async def _spare(connection: AsyncConnection, now: datetime) -> None:
    columns = _occurrences.c
    for row in await _to_spare(connection, now):
        its = and_(columns.guild_id == row.guild_id, columns.user_id == row.user_id, columns.key == row.key)
        await connection.execute(update(_occurrences).where(its).values(state=State.SPARED))


async def _to_spare(connection: AsyncConnection, now: datetime) -> list[Row[*tuple[Any, ...]]]:
    """Return what is due although its member had a wish for a day of the :data:`REST` before, or for that very day."""
    earlier = _occurrences.alias()
    same = and_(
        earlier.c.guild_id == _occurrences.c.guild_id,
        earlier.c.user_id == _occurrences.c.user_id,
        earlier.c.key != _occurrences.c.key,
        earlier.c.state.in_(WISHED),
    )
    pairs = select(_occurrences, earlier.c.day.label("wished")).join(earlier, same).where(_is_due(now))
    return [row for row in await connection.execute(pairs) if timedelta() <= row.day - row.wished <= REST]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(_occurrences.c.state == State.PLANNED, _occurrences.c.due <= now)
