"""The repository of reminders: who wants to be told of others' birthdays, and of which they were. Knows no chat.

A reminder is a message of the outbox, claimed and settled like a wish; a row here says to whom it is and about whom, so
that there is one of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.model import About, Celebrated, GuildSettings
from bot.features.birthday.storage import occurrences, tables
from bot.features.birthday.storage.guild_settings import settings_by_guild
from bot.features.birthday.storage.outbox import Destination, OutboxMessage, new_claim, outbox_values
from bot.features.birthday.storage.problems import waits
from bot.store.columns import insert
from bot.store.store import Store

_reminders, _subscribers, _preparations = tables.reminders, tables.subscribers, tables.preparations
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """Somebody's birthday that is near, and who is to be reminded of it, in their language."""

    settings: GuildSettings
    to_id: int
    language: str
    celebrated: Celebrated


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a claimed reminder is, in which language, and about whom."""

    to_id: int
    language: str
    about_id: int


class ReminderRepository:
    """Stored subscriptions and reminders of every server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def subscribe(self, guild_id: int, user_id: int, language: str) -> bool:
        """Note that a member wants reminders, in that language; return whether that is new."""
        row = {"guild_id": guild_id, "user_id": user_id, "language": language}
        async with self._store.writing() as connection:
            statement = insert(connection, _subscribers).values(row).on_conflict_do_nothing()
            return (await connection.execute(statement)).rowcount > 0

    async def is_subscribed(self, guild_id: int, user_id: int) -> bool:
        """Return whether a member wants reminders."""
        theirs = and_(_subscribers.c.guild_id == guild_id, _subscribers.c.user_id == user_id)
        async with self._store.reading() as connection:
            return (await connection.execute(select(_subscribers.c.user_id).where(theirs))).first() is not None

    async def count(self, guild_id: int) -> int:
        """Return how many members of a server want reminders."""
        count = select(func.count()).select_from(_subscribers).where(_subscribers.c.guild_id == guild_id)
        async with self._store.reading() as connection:
            return await connection.scalar(count) or 0

    async def unsubscribe(self, guild_id: int, user_ids: Iterable[int]) -> bool:
        """Note that these want no reminders any more; return whether any of them did."""
        theirs = and_(_subscribers.c.guild_id == guild_id, _subscribers.c.user_id.in_(list(user_ids)))
        async with self._store.writing() as connection:
            return (await connection.execute(delete(_subscribers).where(theirs))).rowcount > 0

    async def claim(self, channel_id: int, anchor: int, due: DueReminder, now: datetime) -> OutboxMessage | None:
        """Claim one reminder, to be sent to a private channel; None if it was before."""
        day, guild_id = due.celebrated.occurrence.date, due.settings.guild_id
        claim = new_claim(Destination(guild_id, channel_id, anchor), day, now)
        claim = replace(claim, digest=OutboxMessage.REMINDER + claim.nonce)
        about = due.celebrated.record.user_id
        row = {"guild_id": guild_id, "user_id": due.to_id, "about_id": about, "day": day, "nonce": claim.nonce}
        async with self._store.writing() as connection:
            await connection.execute(tables.outbox.insert().values(outbox_values(claim, now)))
            statement = insert(connection, _reminders).values(row).on_conflict_do_nothing()
            if (await connection.execute(statement)).rowcount:
                return claim
            await connection.execute(delete(tables.outbox).where(tables.outbox.c.nonce == claim.nonce))
        return None

    async def addressee(self, nonce: str) -> Addressee | None:
        """Return to whom a claimed reminder is; None if they want none any more."""
        same = and_(_subscribers.c.guild_id == _reminders.c.guild_id, _subscribers.c.user_id == _reminders.c.user_id)
        wanted = select(_reminders.c.user_id, _reminders.c.about_id, _subscribers.c.language).join(_subscribers, same)
        async with self._store.reading() as connection:
            row = (await connection.execute(wanted.where(_reminders.c.nonce == nonce))).one_or_none()
        return Addressee(row.user_id, row.language, row.about_id) if row else None

    async def forget(self, before: date) -> None:
        """Delete the reminders of birthdays before that day, and their messages."""
        old = select(_reminders.c.nonce).where(_reminders.c.day < before)
        async with self._store.writing() as connection:
            # The rows here go with their messages.
            await connection.execute(delete(tables.outbox).where(tables.outbox.c.nonce.in_(old)))


async def outlook(connection: AsyncConnection, now: datetime) -> tuple[tuple[DueReminder, ...], datetime | None]:
    """Return which reminders are due and were not claimed yet, and when there may be others: at each server's hour.

    They are of birthdays that are still to come, however late that is.
    """
    subscribers = await _subscribers_by_guild(connection, now)
    settings = await settings_by_guild(connection, subscribers) if subscribers else {}
    reminders: list[DueReminder] = []
    for guild_id, members in subscribers.items():
        near = await _near(connection, settings[guild_id], now)
        known = await _known(connection, guild_id) if near else frozenset[tuple[int, int, date]]()
        reminders += [
            DueReminder(settings[guild_id], user_id, language, celebrated)
            for celebrated in near
            for user_id, language in members
            if user_id != celebrated.record.user_id
            and (user_id, celebrated.record.user_id, celebrated.occurrence.date) not in known
        ]
    return tuple(reminders), min((_next_hour(each, now) for each in settings.values()), default=None)


async def reminding_guilds(connection: AsyncConnection, now: datetime) -> frozenset[int]:
    """Return the servers on which somebody is reminded."""
    return frozenset(await _subscribers_by_guild(connection, now))


def moment(settings: GuildSettings, day: date) -> datetime:
    """Return when a server's members are reminded of a birthday on ``day``."""
    return settings.due(day - settings.reminder_days * _DAY)


def _next_hour(settings: GuildSettings, now: datetime) -> datetime:
    today = settings.today(now)
    return next(hour for hour in map(settings.due, (today, today + _DAY, today + 2 * _DAY)) if hour > now)


async def _near(connection: AsyncConnection, settings: GuildSettings, now: datetime) -> Sequence[Celebrated]:
    """Return whose birthday is so near that others are to be reminded of it."""
    today = settings.today(now)
    planned = await occurrences.celebrated_from(connection, settings.guild_id, today + _DAY)
    return [
        celebrated
        for celebrated in planned
        if moment(settings, celebrated.occurrence.date) <= now and celebrated.record.is_prepared
    ]


async def _known(connection: AsyncConnection, guild_id: int) -> frozenset[tuple[int, int, date]]:
    its = select(_reminders.c.user_id, _reminders.c.about_id, _reminders.c.day).where(_reminders.c.guild_id == guild_id)
    return frozenset((row.user_id, row.about_id, row.day) for row in await connection.execute(its))


async def _subscribers_by_guild(connection: AsyncConnection, now: datetime) -> dict[int, list[tuple[int, str]]]:
    """Return who wants reminders, with their language, on the servers that send some and where nothing says to wait."""
    sending = and_(
        _preparations.c.guild_id == _subscribers.c.guild_id,
        _preparations.c.reminder_days > 0,
        ~waits(_preparations.c.guild_id, now, About.REMINDER),
    )
    rows = await connection.execute(select(_subscribers).join(_preparations, sending).order_by(_subscribers.c.user_id))
    by_guild: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        by_guild.setdefault(row.guild_id, []).append((row.user_id, row.language))
    return by_guild
