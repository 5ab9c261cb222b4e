"""The agenda: what there is to do about birthdays at a moment, and when there is next, read in one go. No chat."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from itertools import groupby, islice
from typing import Any, Self

from bot.features.birthday.delivery import digests
from bot.features.birthday.delivery.digests import Period
from bot.features.birthday.model import BirthdayRecord, GuildSettings
from bot.features.birthday.storage import (
    guild_settings,
    occurrences,
    outbox,
    planning,
    problems,
    records,
    reminders,
    role_grants,
    server_events,
)
from bot.features.birthday.storage.outbox import OutboxMessage
from bot.features.birthday.storage.reminders import DueReminder
from bot.features.birthday.storage.role_grants import RoleGrant
from bot.features.birthday.storage.server_events import EventWork
from bot.features.birthday.upcoming import AHEAD, upcoming
from bot.store.store import Store

_REMINDERS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Agenda:
    """The work of one pass; ``following`` is the first later moment at which there may be more.

    ``due`` is how many wishes should have been sent by now, also where something says to wait.
    """

    due: int
    is_behind: bool
    overdue: tuple[tuple[int, date], ...]
    unsettled: tuple[OutboxMessage, ...]
    waiting: tuple[int, ...]
    unshown: tuple[int, ...]
    wanted: Sequence[dict[str, Any]]
    grants: tuple[RoleGrant, ...]
    digests: tuple[tuple[GuildSettings, Period], ...]
    reminders: tuple[tuple[DueReminder, ...], ...]
    events: tuple[EventWork, ...]
    following: datetime | None

    @property
    def work(self) -> bool:
        """Whether there is anything to do now."""
        sending = (self.overdue, self.unsettled, self.waiting, self.unshown, self.digests, self.reminders)
        return self.is_behind or any((*sending, self.wanted, self.grants, self.events))

    def of(self, is_ours: Callable[[int], bool]) -> Self:
        """Return it with what is to be done in the chat of some servers alone; the database's part is anybody's."""
        return replace(
            self,
            unsettled=tuple(message for message in self.unsettled if is_ours(message.guild_id)),
            waiting=tuple(filter(is_ours, self.waiting)),
            unshown=tuple(filter(is_ours, self.unshown)),
            grants=tuple(grant for grant in self.grants if is_ours(grant.guild_id)),
            digests=tuple(digest for digest in self.digests if is_ours(digest[0].guild_id)),
            reminders=tuple(due for due in self.reminders if is_ours(due[0].settings.guild_id)),
            events=tuple(event for event in self.events if is_ours(event.settings.guild_id)),
        )


async def read_agenda(store: Store, now: datetime) -> Agenda:
    """Return what there is to do at ``now``."""
    async with store.reading() as connection:
        wanting = await guild_settings.wanting_digest(connection, now)
        due = digests.due(wanting, now)
        claimed = await outbox.claimed_digests(connection, {period.name for _, period in due})
        due_reminders, next_reminder = await reminders.outlook(connection, now)
        events, next_event_work = await server_events.outlook(connection, now)
        moments = (
            digests.next_due(wanting, now),
            await occurrences.next_due(connection, now),
            await problems.next_retry(connection, now),
            await outbox.next_free(connection),
            await role_grants.next_moment(connection),
            next_reminder,
            next_event_work,
        )
        return Agenda(
            due=await occurrences.count_due(connection, now),
            is_behind=await planning.is_behind(connection, now),
            overdue=await occurrences.overdue(connection, now),
            unsettled=await outbox.unsettled(connection, now),
            waiting=await occurrences.waiting(connection, now),
            unshown=await occurrences.unshown(connection, now),
            wanted=await role_grants.wanted(connection, now),
            grants=await role_grants.to_do(connection, now),
            digests=tuple(each for each in due if (each[0].guild_id, each[1].name) not in claimed),
            reminders=_by_guild(due_reminders),
            events=events,
            following=min(filter(None, moments), default=None),
        )


def _by_guild(due: Iterable[DueReminder]) -> tuple[tuple[DueReminder, ...], ...]:
    """Return some of each server's: a wish that becomes due meanwhile does not wait for all of them."""
    by_guild = groupby(due, lambda reminder: reminder.settings.guild_id)
    return tuple(tuple(islice(of_guild, _REMINDERS_AT_ONCE)) for _, of_guild in by_guild)


async def next_event(store: Store, now: datetime) -> datetime | None:
    """Return when the next wish, reminder or list of any server is due, None if none is; ``now`` while one is sent.

    For a demo that turns its clock.
    """
    agenda = await read_agenda(store, now)
    async with store.reading() as connection:
        if agenda.work or await outbox.next_free(connection):
            return now
        guild_ids = await records.guilds_with_birthdays(connection)
        settings = await guild_settings.settings_by_guild(connection, guild_ids)
        members = {guild_id: await records.present_records(connection, guild_id) for guild_id in guild_ids}
        digest = digests.next_due(await guild_settings.wanting_digest(connection, now), now)
        reminding = await reminders.reminding_guilds(connection, now)
    wishes = (_next(members[guild_id], settings[guild_id], now, settings[guild_id].due) for guild_id in guild_ids)
    notes = (
        _next(members[guild_id], settings[guild_id], now, partial(reminders.moment, settings[guild_id]))
        for guild_id in reminding & set(guild_ids)
    )
    return min(filter(None, (*wishes, *notes, digest)), default=None)


def _next(
    members: Iterable[BirthdayRecord], settings: GuildSettings, now: datetime, moment: Callable[[date], datetime]
) -> datetime | None:
    """Return the first ``moment`` of a coming birthday that is still to come."""
    today = settings.today(now)
    days = sorted({celebrated.occurrence.date for celebrated in upcoming(members, today, today + AHEAD)})
    return next((due for due in map(moment, days) if due > now), None)
