"""The repository of servers' settings; what is planned moves with them. Knows no Discord."""

import dataclasses
import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.model import DigestRhythm, GuildSettings, State
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.problems import waits
from bot.store.columns import insert
from bot.store.store import Store

_settings, _templates, _occurrences = tables.guild_settings, tables.templates, tables.occurrences
_preparations = tables.preparations
_PREPARED = (_preparations.c.reminder_days, _preparations.c.events, _preparations.c.songs)
_log = logging.getLogger(__name__)


class GuildSettingsRepository:
    """Stored settings of every server; one that set nothing has the usual ones."""

    def __init__(self, store: Store, clock: Clock, changed: Callable[[], object] = lambda: None) -> None:
        """Take the store, and what to call after a change: the scheduler's ``wake``."""
        self._store = store
        self._clock = clock
        self._changed = changed

    async def get(self, guild_id: int) -> GuildSettings:
        """Return the settings of a server."""
        async with self._store.reading() as connection:
            return await settings_of(connection, guild_id)

    async def change(self, guild_id: int, **changes: Any) -> GuildSettings:  # noqa: ANN401 - GuildSettings' fields
        """Change some fields and return the whole; what is planned moves with the hour and the zone.

        A digest that is turned on begins with the next period. Whatever was wrong with the channel or the role is
        forgotten, so that it is tried at once.
        """
        async with self._store.writing() as connection:
            before = await settings_of(connection, guild_id)
            settings = dataclasses.replace(before, **changes)
            if settings.digest is not before.digest:
                settings = dataclasses.replace(settings, digest_from=settings.today(self._clock.now()))
            await _save(connection, settings)
            if (settings.at, settings.zone) != (before.at, before.zone):
                await _move(connection, settings)
            await connection.execute(delete(tables.problems).where(tables.problems.c.guild_id == guild_id))
        self._changed()
        return settings


async def settings_of(connection: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return the settings of one server."""
    return (await settings_by_guild(connection, [guild_id]))[guild_id]


async def settings_by_guild(connection: AsyncConnection, guild_ids: Iterable[int]) -> dict[int, GuildSettings]:
    """Return the settings of each of ``guild_ids``, the usual ones where nothing was set."""
    ids = list(guild_ids)
    prepared = _preparations.c.guild_id == _settings.c.guild_id
    both = select(_settings, *_PREPARED).outerjoin(_preparations, prepared)
    rows = (await connection.execute(both.where(_settings.c.guild_id.in_(ids)))).all()
    by_position = select(_templates).where(_templates.c.guild_id.in_(ids)).order_by(_templates.c.position)
    texts: dict[int, list[str]] = {}
    for row in await connection.execute(by_position):
        texts.setdefault(row.guild_id, []).append(row.text)
    usual = {guild_id: GuildSettings(guild_id) for guild_id in ids}
    return usual | {row.guild_id: _from_row(row, texts.get(row.guild_id, ())) for row in rows}


async def wanting_digest(connection: AsyncConnection, now: datetime) -> tuple[GuildSettings, ...]:
    """Return the settings of the servers that want a digest and can be posted to; none whose problem says to wait."""
    wanting = select(_settings.c.guild_id).where(
        _settings.c.digest != DigestRhythm.OFF.value,
        _settings.c.channel_id.is_not(None),
        ~waits(_settings.c.guild_id, now),
    )
    guild_ids = (await connection.execute(wanting)).scalars().all()
    return tuple((await settings_by_guild(connection, guild_ids)).values())


async def ensure_settings(connection: AsyncConnection, guild_id: int) -> GuildSettings:
    """Return the settings, and keep the usual ones if there are none: birthdays hang on them."""
    values = _values(GuildSettings(guild_id))
    await connection.execute(insert(connection, _settings).values(values).on_conflict_do_nothing())
    return await settings_of(connection, guild_id)


def _from_row(row: Row[*tuple[Any, ...]], templates: Iterable[str]) -> GuildSettings:
    values = row._asdict()
    del values["face"]
    try:
        values |= {"digest": DigestRhythm(row.digest), "ages": AgeStyle(row.ages), "templates": tuple(templates)}
        values |= {"reminder_days": int(row.reminder_days or 0), "events": bool(row.events), "songs": bool(row.songs)}
        row.at.isoformat()
        ZoneInfo(row.zone)
    except (AttributeError, KeyError, TypeError, ValueError, OSError):  # ZoneInfo opens a file of that name
        _name_damaged(row.guild_id)
        return GuildSettings(row.guild_id)
    return GuildSettings(**values)


@cache
def _name_damaged(guild_id: int) -> None:
    _log.error("The settings of server %d cannot be read: the usual ones are used until they are set again.", guild_id)


def _values(settings: GuildSettings) -> dict[str, Any]:
    values = dataclasses.asdict(settings)
    for of_another_table in ("templates", *(column.name for column in _PREPARED)):
        del values[of_another_table]
    return values


async def _save(connection: AsyncConnection, settings: GuildSettings) -> None:
    values = _values(settings)
    statement = insert(connection, _settings).values(values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id"], set_=values))
    prepared = {"guild_id": settings.guild_id} | {column.name: getattr(settings, column.name) for column in _PREPARED}
    preparing = insert(connection, _preparations).values(prepared)
    await connection.execute(preparing.on_conflict_do_update(index_elements=["guild_id"], set_=prepared))
    await connection.execute(delete(_templates).where(_templates.c.guild_id == settings.guild_id))
    rows = [{"guild_id": settings.guild_id, "position": at, "text": text} for at, text in enumerate(settings.templates)]
    if rows:
        await connection.execute(_templates.insert(), rows)


async def _move(connection: AsyncConnection, settings: GuildSettings) -> None:
    """Give what is planned its new moment."""
    planned = (_occurrences.c.guild_id == settings.guild_id) & (_occurrences.c.state == State.PLANNED)
    days = (await connection.execute(select(_occurrences.c.day).where(planned).distinct())).scalars().all()
    for day in days:
        its = planned & (_occurrences.c.day == day)
        await connection.execute(update(_occurrences).where(its).values(due=settings.due(day)))
