"""When the next birthday or list of birthdays is due: for a demo that turns its clock. Knows no chat."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar import local_time
from bot.features.birthday.delivery import agenda, digests, outbox
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import present_records
from bot.features.birthday.storage.guild_settings import GuildSettings, settings_by_guild
from bot.features.birthday.upcoming import AHEAD, upcoming
from bot.store.store import Store


async def next_event(store: Store, now: datetime) -> datetime | None:
    """Return when the next birthday or list of any group is due, None if none is; ``now`` while one is on its way."""
    today = await agenda.read(store, now)
    async with store.reading() as connection:
        if today.work or await outbox.next_free(connection):
            return now
        guilds = (await connection.execute(select(tables.birthdays.c.guild_id).distinct())).scalars().all()
        groups = await settings_by_guild(connection, guilds)
        _, listed = await digests.due(connection, now)
        due = [await _next_birthday(connection, groups.get(guild, GuildSettings(guild)), now) for guild in guilds]
    return min(filter(None, (*due, listed)), default=None)


async def _next_birthday(connection: AsyncConnection, settings: GuildSettings, now: datetime) -> datetime | None:
    records = await present_records(connection, settings.guild_id)
    today = local_time.local_day(now, settings.tz)
    days = {each.occurrence.date for each in upcoming(records, today, today + AHEAD)}
    due = (local_time.due(day, settings.at, settings.tz) for day in sorted(days))
    return next((moment for moment in due if moment > now), None)
