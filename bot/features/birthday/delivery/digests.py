"""The list of coming birthdays that a group may have posted every week or month. Knows no chat."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar import local_time
from bot.features.birthday.delivery import retry
from bot.features.birthday.delivery.messenger import About, Digest
from bot.features.birthday.delivery.occurrences import too_late
from bot.features.birthday.delivery.outbox import OutboxMessage
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import present_records
from bot.features.birthday.storage.guild_settings import DigestRhythm, GuildSettings, settings_by_guild
from bot.features.birthday.upcoming import upcoming
from bot.store.store import Store

_groups, _messages, _problems = tables.guild_settings, tables.outbox, tables.problems


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one digest."""

    rhythm: DigestRhythm
    first: date

    @property
    def name(self) -> str:
        """What it is kept under."""
        return f"{self.rhythm}-{self.first.isoformat()}"

    @property
    def last(self) -> date:
        """The last day."""
        if self.rhythm is DigestRhythm.WEEKLY:
            return self.first + timedelta(days=6)
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def next(self) -> "Period":
        """The one after."""
        return Period(self.rhythm, self.last + timedelta(days=1))


class Digests:
    """Which digest is due where."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def message(self, claim: OutboxMessage, settings: GuildSettings, now: datetime) -> Digest | None:
        """Return the message, or None if nobody has a birthday in what is left of the period."""
        period = named(str(claim.digest))
        first = max(period.first, local_time.local_day(now, settings.tz))
        async with self._store.reading() as connection:
            records = await present_records(connection, settings.guild_id)
        people = upcoming(records, first, period.last)
        return Digest(claim.nonce, claim.channel_id, settings, first, period.last, people) if people else None


async def due(
    connection: AsyncConnection, now: datetime
) -> tuple[tuple[tuple[GuildSettings, Period], ...], datetime | None]:
    """Return the groups whose digest is due and was neither posted nor claimed, and when the next one is due."""
    waits = and_(_problems.c.about == About.CHANNEL.value, ~retry.is_free(_problems.c.retry_at, now))
    wanting = select(_groups.c.guild_id).where(
        _groups.c.digest != DigestRhythm.OFF.value,
        _groups.c.channel_id.is_not(None),
        _groups.c.guild_id.not_in(select(_problems.c.guild_id).where(waits)),
    )
    groups = await settings_by_guild(connection, (await connection.execute(wanting)).scalars())
    found = [(settings, period) for settings in groups.values() if (period := _due(settings, now))]
    known = await _known(connection, {period.name for _, period in found})
    new = tuple((settings, period) for settings, period in found if (settings.guild_id, period.name) not in known)
    return new, min((_next(settings, now) for settings in groups.values()), default=None)


async def _known(connection: AsyncConnection, names: set[str]) -> set[tuple[int, str]]:
    known = select(_messages.c.guild_id, _messages.c.digest).where(_messages.c.digest.in_(names))
    return {(row.guild_id, row.digest) for row in await connection.execute(known)} if names else set()


def named(name: str) -> Period:
    """Return the period of that name."""
    rhythm, _, first = name.partition("-")
    return Period(DigestRhythm(rhythm), date.fromisoformat(first))


def period_of(rhythm: DigestRhythm, day: date) -> Period:
    """Return the period that ``day`` is in."""
    monday = day - timedelta(days=day.weekday())
    return Period(rhythm, monday if rhythm is DigestRhythm.WEEKLY else day.replace(day=1))


def _due(settings: GuildSettings, now: datetime) -> Period | None:
    period = period_of(settings.digest, local_time.local_day(now, settings.tz))
    begun = settings.digest_from is None or period.first > settings.digest_from
    is_time = local_time.due(period.first, settings.at, settings.tz) <= now
    return period if begun and is_time and not too_late(settings, period.first, now) else None


def _next(settings: GuildSettings, now: datetime) -> datetime:
    period = period_of(settings.digest, local_time.local_day(now, settings.tz))
    due = local_time.due(period.first, settings.at, settings.tz)
    return due if due > now else local_time.due(period.next.first, settings.at, settings.tz)
