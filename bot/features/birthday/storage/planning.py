"""Planning: which occurrences there are in the days to come, written down as planned. Knows nothing of sending.

A day's plan does not walk through every birthday: it asks which of the thousand rules fall on these days, and then
only for the birthdays that follow one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar.rule_text import every_rule, text_of
from bot.features.birthday.calendar.rules import Occurrence, within
from bot.features.birthday.model import MOST_REMINDER_DAYS, BirthdayRecord, GuildSettings, State
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.guild_settings import settings_by_guild
from bot.store.columns import insert

DAY = timedelta(days=1)
AHEAD = 2 + MOST_REMINDER_DAYS
"""Days planned after today's in UTC: nowhere is it more than 14 hours later. Reminders and events go by the plan."""
CHUNK = 500
"""Rules, members or rows in one statement."""

_occurrences = tables.occurrences
_Falling = Mapping[str, tuple[Occurrence, ...]]
_Follower = Row[int, int, str, date]
"""The server, user, rule and first day of a birthday."""


async def plan_ahead(connection: AsyncConnection, now: datetime) -> None:
    """Plan every day since the last time up to :data:`AHEAD` days from now.

    However long the bot was off, no day is left out. What a clock that ran ahead declared missed is planned again.
    """
    await connection.execute(update(_occurrences).where(_too_early(now)).values(state=State.PLANNED))
    last = now.date() + AHEAD * DAY
    through = await planned_through(connection)
    if through is not None and through >= last:
        return
    oldest = select(func.min(tables.birthdays.c.since))
    first = through + DAY if through else await connection.scalar(oldest) or last
    await _plan_days(connection, first, last)
    row = {"id": 1, "through": last}
    statement = insert(connection, tables.horizon).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))


async def is_behind(connection: AsyncConnection, now: datetime) -> bool:
    """Return whether there is anything for :func:`plan_ahead` to do."""
    through = await planned_through(connection)
    if through is None or through < now.date() + AHEAD * DAY:
        return True
    return (await connection.execute(select(_occurrences.c.key).where(_too_early(now)).limit(1))).first() is not None


async def planned_through(connection: AsyncConnection) -> date | None:
    """Return the last day that is planned."""
    through: date | None = await connection.scalar(select(tables.horizon.c.through))
    return through


async def plan_records(connection: AsyncConnection, settings: GuildSettings, records: Iterable[BirthdayRecord]) -> None:
    """Plan new birthdays, each from its first day on, as far as is planned for everybody."""
    through = await planned_through(connection)
    if through is not None:
        rows = [
            row
            for record in records
            for row in _rows(settings, record, within(record.birthday.rule, record.since, through))
        ]
        await _insert(connection, rows)


async def unplan(connection: AsyncConnection, guild_id: int, user_ids: list[int]) -> None:
    """Delete of these what was not sent."""
    open_ones = _occurrences.c.state.in_([State.PLANNED, State.SPARED, State.SILENT, State.MISSED, State.UNSURE])
    for start in range(0, len(user_ids), CHUNK):
        some = _occurrences.c.user_id.in_(user_ids[start : start + CHUNK])
        await connection.execute(delete(_occurrences).where(_occurrences.c.guild_id == guild_id, some, open_ones))


async def free_keys(connection: AsyncConnection, guild_id: int, user_ids: list[int]) -> None:
    """Put what is over, and the role granted for it, under its day: the year's key may be the new rule's too."""
    for start in range(0, len(user_ids), CHUNK):
        theirs = and_(
            _occurrences.c.guild_id == guild_id,
            _occurrences.c.user_id.in_(user_ids[start : start + CHUNK]),
            _occurrences.c.key != cast(_occurrences.c.day, String),
        )
        for row in (await connection.execute(select(_occurrences).where(theirs))).all():
            await _free_key(connection, row)


async def _plan_days(connection: AsyncConnection, first: date, last: date) -> None:
    falling = {text_of(rule): days for rule in every_rule() if (days := within(rule, first, last))}
    rules = list(falling)
    for start in range(0, len(rules), CHUNK):
        table, some = tables.birthdays, rules[start : start + CHUNK]
        followers = select(table.c.guild_id, table.c.user_id, table.c.rule, table.c.since).where(table.c.rule.in_(some))
        await _plan_rows(connection, (await connection.execute(followers)).all(), falling)


async def _plan_rows(connection: AsyncConnection, followers: Sequence[_Follower], falling: _Falling) -> None:
    settings: dict[int, GuildSettings] = {}
    for start in range(0, len(followers), CHUNK):
        part = followers[start : start + CHUNK]
        settings |= await settings_by_guild(connection, {row.guild_id for row in part} - settings.keys())
        rows = [
            row for follower in part for row in _rows(settings[follower.guild_id], follower, falling[follower.rule])
        ]
        await _insert(connection, rows)


def _too_early(now: datetime) -> ColumnElement[bool]:
    given_up = _occurrences.c.state.in_([State.MISSED, State.UNSURE, State.SHOWN, State.SILENT, State.SPARED])
    return and_(given_up, _occurrences.c.due > now)


def _rows(
    settings: GuildSettings, follower: BirthdayRecord | _Follower, days: Iterable[Occurrence]
) -> Iterable[dict[str, Any]]:
    for occurrence in days:
        if occurrence.date >= follower.since:
            yield {
                "guild_id": settings.guild_id,
                "user_id": follower.user_id,
                "key": occurrence.key,
                "day": occurrence.date,
                "due": settings.due(occurrence.date),
                "state": State.PLANNED,
            }


async def _insert(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    if rows:
        # One that is known keeps its state, whatever it is.
        await connection.execute(insert(connection, _occurrences).on_conflict_do_nothing(), rows)


async def _free_key(connection: AsyncConnection, row: Row[*tuple[Any, ...]]) -> None:
    day, grants = row.day.isoformat(), tables.role_grants
    its = and_(_occurrences.c.guild_id == row.guild_id, _occurrences.c.user_id == row.user_id)
    # Of two on one day the later one tells more.
    await connection.execute(delete(_occurrences).where(its, _occurrences.c.key == day))
    await connection.execute(update(_occurrences).where(its, _occurrences.c.key == row.key).values(key=day))
    theirs = and_(grants.c.guild_id == row.guild_id, grants.c.user_id == row.user_id)
    if (await connection.execute(select(grants.c.key).where(theirs, grants.c.key == day))).first() is None:
        await connection.execute(update(grants).where(theirs, grants.c.key == row.key).values(key=day))
