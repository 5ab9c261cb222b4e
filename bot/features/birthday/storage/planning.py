"""Which occurrences there are in the days to come, written down as planned. Knows nothing of sending.

A day's plan does not walk through every birthday: it asks which of the thousand rules fall on these days, and then
only for the birthdays that follow one of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar import local_time
from bot.features.birthday.calendar.rule_text import every_rule, text_of
from bot.features.birthday.calendar.rules import Lunar, Occurrence, Rule, last_known, occurrences
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.guild_settings import GuildSettings, settings_by_guild
from bot.features.birthday.storage.tables import State
from bot.store.columns import insert

DAY = timedelta(days=1)
AHEAD = 2
"""Days planned after today's in UTC: nowhere is it more than 14 hours later."""
CHUNK = 500
"""Rules, members or rows in one statement."""

_planned = tables.occurrences
_Falling = Mapping[str, tuple[Occurrence, ...]]
_Follower = Row[int, int, str, date]


async def plan_ahead(connection: AsyncConnection, now: datetime) -> None:
    """Plan every day since the last time up to :data:`AHEAD` days from now.

    However long the bot was off, no day is left out. What a clock that ran ahead declared missed is planned again.
    """
    await connection.execute(update(_planned).where(_too_early(now)).values(state=State.PLANNED))
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
    return (await connection.execute(select(_planned.c.key).where(_too_early(now)).limit(1))).first() is not None


async def planned_through(connection: AsyncConnection) -> date | None:
    """Return the last day that is planned."""
    through: date | None = await connection.scalar(select(tables.horizon.c.through))
    return through


async def plan_records(
    connection: AsyncConnection, settings: GuildSettings, records: Iterable[tuple[int, Rule, date]]
) -> None:
    """Plan new birthdays, each a user, a rule and the first day that counts, as far as is planned for everybody."""
    through = await planned_through(connection)
    if through is not None:
        rows = (_rows(settings, user_id, since, within(rule, since, through)) for user_id, rule, since in records)
        await _insert(connection, [row for each in rows for row in each])


def within(rule: Rule, first: date, last: date) -> tuple[Occurrence, ...]:
    """Return the occurrences from ``first`` to ``last``; of a lunar rule those that the tables know."""
    known = min(last, last_known()) if isinstance(rule, Lunar) else last
    return occurrences(rule, first, known) if first <= known else ()


async def _plan_days(connection: AsyncConnection, first: date, last: date) -> None:
    falling = {text_of(rule): found for rule in every_rule() if (found := within(rule, first, last))}
    rules = list(falling)
    for start in range(0, len(rules), CHUNK):
        table, some = tables.birthdays, rules[start : start + CHUNK]
        wanted = select(table.c.guild_id, table.c.user_id, table.c.rule, table.c.since).where(table.c.rule.in_(some))
        await _plan_rows(connection, (await connection.execute(wanted)).all(), falling)


async def _plan_rows(
    connection: AsyncConnection,
    found: Sequence[Row[int, int, str, date]],
    falling: Mapping[str, tuple[Occurrence, ...]],
) -> None:
    groups: dict[int, GuildSettings] = {}
    for start in range(0, len(found), CHUNK):
        part = found[start : start + CHUNK]
        groups |= await settings_by_guild(connection, {row.guild_id for row in part} - groups.keys())
        rows = (_rows(groups[row.guild_id], row.user_id, row.since, falling[row.rule]) for row in part)
        await _insert(connection, [row for each in rows for row in each])


def _too_early(now: datetime) -> ColumnElement[bool]:
    given_up = _planned.c.state.in_([State.MISSED, State.UNSURE, State.SHOWN, State.SILENT, State.SPARED])
    return and_(given_up, _planned.c.due > now)


def _rows(settings: GuildSettings, user_id: int, since: date, found: Iterable[Occurrence]) -> Iterable[dict[str, Any]]:
    for occurrence in found:
        if occurrence.date >= since:
            yield {
                "guild_id": settings.guild_id,
                "user_id": user_id,
                "key": occurrence.key,
                "day": occurrence.date,
                "due": local_time.due(occurrence.date, settings.at, settings.tz),
                "state": State.PLANNED,
            }


async def _insert(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    if rows:
        # One that is known keeps its state, whatever it is.
        await connection.execute(insert(connection, _planned).on_conflict_do_nothing(), rows)
