"""How a group wants its birthdays, kept. Knows no Discord: an id is a number."""

import dataclasses
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar import local_time, zones
from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.clock import Clock
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.tables import State
from bot.store.columns import insert
from bot.store.store import Store

MOST_LATE_DAYS = 30
_log = logging.getLogger(__name__)


class DigestRhythm(StrEnum):
    """How often the list of coming birthdays is posted."""

    OFF = "off"
    WEEKLY = "weekly"
    """On Mondays."""
    MONTHLY = "monthly"
    """On the first."""


@dataclass(frozen=True, slots=True)
class Group:
    """A server's settings; as they stand here where nothing was set.

    ``at`` is the hour in ``zone``; up to ``late_days`` after the day a wish is still sent, saying that it is late.
    """

    guild_id: int
    channel_id: int | None = None
    at: time = time(9)
    zone: str = zones.USUAL
    role_id: int | None = None
    late_days: int = 3
    digest: DigestRhythm = DigestRhythm.OFF
    digest_from: date | None = None
    ages: AgeStyle = AgeStyle.INTERNATIONAL
    face: bool = True
    language: str = "ko"
    templates: tuple[str, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)


class Groups:
    """Every group's settings."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[], object] = lambda: None) -> None:
        """Take the store, and what to call after a change: the herald's ``wake``."""
        self._store = store
        self._clock = clock
        self._changed = changed

    async def get(self, guild_id: int) -> Group:
        """Return the settings."""
        async with self._store.reading() as connection:
            return await group_of(connection, guild_id)

    async def change(self, guild_id: int, **changes: Any) -> Group:  # noqa: ANN401 - the fields of Group
        """Change some fields and return the whole; what is planned moves with the hour and the zone.

        A digest that is turned on begins with the next period. Whatever was wrong with the channel or the role is
        forgotten, so that it is tried at once.
        """
        async with self._store.writing() as connection:
            before = await group_of(connection, guild_id)
            group = dataclasses.replace(before, **changes)
            if group.digest is not before.digest:
                group = dataclasses.replace(group, digest_from=local_time.local_day(self._clock.now(), group.tz))
            await _save(connection, group)
            if (group.at, group.zone) != (before.at, before.zone):
                await _move(connection, group)
            await connection.execute(delete(tables.troubles).where(tables.troubles.c.guild_id == guild_id))
        self._changed()
        return group

    async def forget(self, guild_id: int) -> None:
        """Remove a group, its members' birthdays and all that was planned, sent and lent: everything but the chat's."""
        async with self._store.writing() as connection:
            for table in (tables.occurrences, tables.messages, tables.troubles, tables.roles, tables.groups):
                await connection.execute(delete(table).where(table.c.guild_id == guild_id))


async def group_of(connection: AsyncConnection, guild_id: int) -> Group:
    """Return the settings of one group."""
    return (await groups_of(connection, [guild_id])).get(guild_id, Group(guild_id))


async def groups_of(connection: AsyncConnection, guild_ids: Iterable[int]) -> dict[int, Group]:
    """Return the settings of those groups of ``guild_ids`` that have any."""
    wanted = list(guild_ids)
    table, texts = tables.groups, tables.templates
    rows = (await connection.execute(select(table).where(table.c.guild_id.in_(wanted)))).all()
    found = await connection.execute(select(texts).where(texts.c.guild_id.in_(wanted)).order_by(texts.c.position))
    by_guild: dict[int, list[str]] = {}
    for row in found:
        by_guild.setdefault(row.guild_id, []).append(row.text)
    return {row.guild_id: _group(row, by_guild.get(row.guild_id, ())) for row in rows}


async def ensure_group(connection: AsyncConnection, guild_id: int) -> Group:
    """Return the settings, and keep the usual ones if there are none: birthdays hang on them."""
    row = _row(Group(guild_id))
    await connection.execute(insert(connection, tables.groups).values(row).on_conflict_do_nothing())
    return await group_of(connection, guild_id)


def _group(row: Row[*tuple[Any, ...]], texts: Iterable[str]) -> Group:
    known = row._asdict()
    try:
        known |= {"digest": DigestRhythm(row.digest), "ages": AgeStyle(row.ages), "templates": tuple(texts)}
        row.at.isoformat()
        ZoneInfo(row.zone)
    except (AttributeError, KeyError, TypeError, ValueError, OSError):  # ZoneInfo opens a file of that name
        _name_damaged(row.guild_id)
        return Group(row.guild_id)
    return Group(**known)


@cache
def _name_damaged(guild_id: int) -> None:
    _log.error("The settings of server %d cannot be read: the usual ones are used until they are set again.", guild_id)


def _row(group: Group) -> dict[str, Any]:
    row = dataclasses.asdict(group)
    del row["templates"]
    return row


async def _save(connection: AsyncConnection, group: Group) -> None:
    row = _row(group)
    statement = insert(connection, tables.groups).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id"], set_=row))
    texts = tables.templates
    await connection.execute(delete(texts).where(texts.c.guild_id == group.guild_id))
    rows = [{"guild_id": group.guild_id, "position": at, "text": text} for at, text in enumerate(group.templates)]
    if rows:
        await connection.execute(texts.insert(), rows)


async def _move(connection: AsyncConnection, group: Group) -> None:
    """Give what is planned, or was not shown as missed yet, its new moment."""
    table = tables.occurrences
    planned = (table.c.guild_id == group.guild_id) & (table.c.state == State.PLANNED)
    days = (await connection.execute(select(table.c.day).where(planned).distinct())).scalars().all()
    for day in days:
        due = local_time.due(day, group.at, group.tz)
        await connection.execute(update(table).where(planned & (table.c.day == day)).values(due=due))
