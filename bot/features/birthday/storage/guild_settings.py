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

from bot.clock import Clock
from bot.features.birthday.calendar import local_time, zones
from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.tables import State
from bot.i18n import LANGUAGES
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
class GuildSettings:
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
    language: str = LANGUAGES[0]
    templates: tuple[str, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone)


class GuildSettingsRepository:
    """Every group's settings."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[], object] = lambda: None) -> None:
        """Take the store, and what to call after a change: the herald's ``wake``."""
        self._store = store
        self._clock = clock
        self._changed = changed

    async def get(self, guild_id: int) -> GuildSettings:
        """Return the settings."""
        async with self._store.reading() as connection:
            return await settings_of(connection, guild_id)

    async def change(self, guild_id: int, **changes: Any) -> GuildSettings:  # noqa: ANN401 - the fields of Group
        """Change some fields and return the whole; what is planned moves with the hour and the zone.

        A digest that is turned on begins with the next period. Whatever was wrong with the channel or the role is
        forgotten, so that it is tried at once.
        """
        async with self._store.writing() as connection:
            before = await settings_of(connection, guild_id)
            settings = dataclasses.replace(before, **changes)
            if settings.digest is not before.digest:
                settings = dataclasses.replace(
                    settings, digest_from=local_time.local_day(self._clock.now(), settings.tz)
                )
            await _save(connection, settings)
            if (settings.at, settings.zone) != (before.at, before.zone):
                await _move(connection, settings)
            await connection.execute(delete(tables.problems).where(tables.problems.c.guild_id == guild_id))
        self._changed()
        return settings

    async def forget(self, guild_id: int) -> None:
        """Remove a group, its members' birthdays and all that was planned, sent and lent: everything but the chat's."""
        async with self._store.writing() as connection:
            for table in (
                tables.occurrences,
                tables.outbox,
                tables.problems,
                tables.role_grants,
                tables.guild_settings,
            ):
                await connection.execute(delete(table).where(table.c.guild_id == guild_id))


async def settings_of(connection: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return the settings of one group."""
    return (await settings_by_guild(connection, [guild_id])).get(guild_id, GuildSettings(guild_id))


async def settings_by_guild(connection: AsyncConnection, guild_ids: Iterable[int]) -> dict[int, GuildSettings]:
    """Return the settings of those groups of ``guild_ids`` that have any."""
    wanted = list(guild_ids)
    table, texts = tables.guild_settings, tables.templates
    rows = (await connection.execute(select(table).where(table.c.guild_id.in_(wanted)))).all()
    found = await connection.execute(select(texts).where(texts.c.guild_id.in_(wanted)).order_by(texts.c.position))
    by_guild: dict[int, list[str]] = {}
    for row in found:
        by_guild.setdefault(row.guild_id, []).append(row.text)
    return {row.guild_id: _settings(row, by_guild.get(row.guild_id, ())) for row in rows}


async def ensure_settings(connection: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return the settings, and keep the usual ones if there are none: birthdays hang on them."""
    row = _row(GuildSettings(guild_id))
    await connection.execute(insert(connection, tables.guild_settings).values(row).on_conflict_do_nothing())
    return await settings_of(connection, guild_id)


def _settings(row: Row[*tuple[Any, ...]], texts: Iterable[str]) -> GuildSettings:
    known = row._asdict()
    try:
        known |= {"digest": DigestRhythm(row.digest), "ages": AgeStyle(row.ages), "templates": tuple(texts)}
        row.at.isoformat()
        ZoneInfo(row.zone)
    except (AttributeError, KeyError, TypeError, ValueError, OSError):  # ZoneInfo opens a file of that name
        _name_damaged(row.guild_id)
        return GuildSettings(row.guild_id)
    return GuildSettings(**known)


@cache
def _name_damaged(guild_id: int) -> None:
    _log.error("The settings of server %d cannot be read: the usual ones are used until they are set again.", guild_id)


def _row(settings: GuildSettings) -> dict[str, Any]:
    row = dataclasses.asdict(settings)
    del row["templates"]
    return row


async def _save(connection: AsyncConnection, settings: GuildSettings) -> None:
    row = _row(settings)
    statement = insert(connection, tables.guild_settings).values(row)
    await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id"], set_=row))
    texts = tables.templates
    await connection.execute(delete(texts).where(texts.c.guild_id == settings.guild_id))
    rows = [{"guild_id": settings.guild_id, "position": at, "text": text} for at, text in enumerate(settings.templates)]
    if rows:
        await connection.execute(texts.insert(), rows)


async def _move(connection: AsyncConnection, settings: GuildSettings) -> None:
    """Give what is planned, or was not shown as missed yet, its new moment."""
    table = tables.occurrences
    planned = (table.c.guild_id == settings.guild_id) & (table.c.state == State.PLANNED)
    days = (await connection.execute(select(table.c.day).where(planned).distinct())).scalars().all()
    for day in days:
        due = local_time.due(day, settings.at, settings.tz)
        await connection.execute(update(table).where(planned & (table.c.day == day)).values(due=due))
