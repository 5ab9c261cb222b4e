"""The repository of Discord's events for birthdays: which is to be made, changed or taken away, and which there are.

Knows no chat. A row is kept before its event is made, so that a crash in between does not leave a second one behind;
two processes keep apart by holding a row while they work on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday import retry
from bot.features.birthday.calendar import local_time
from bot.features.birthday.model import About, Celebrated, GuildSettings
from bot.features.birthday.storage import occurrences, tables
from bot.features.birthday.storage.guild_settings import settings_by_guild
from bot.features.birthday.storage.problems import waits
from bot.store.columns import insert
from bot.store.store import Store

_events, _preparations = tables.events, tables.preparations
_DAY = timedelta(days=1)


class Step(StrEnum):
    """Where an event is on its way."""

    WANTED = "wanted"
    """It is being made, or may have been."""
    MADE = "made"
    GONE = "gone"
    """Somebody took it away by hand: it is not made again."""


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event as it should be: all of ``day`` where the server is, for the one who is called ``name``."""

    guild_id: int
    user_id: int
    day: date
    name: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, settings: GuildSettings, celebrated: Celebrated) -> "EventPlan":
        """Return the event for somebody's birthday."""
        day, record = celebrated.occurrence.date, celebrated.record
        starts_at, ends_at = (local_time.due(each, time(), settings.tz) for each in (day, day + _DAY))
        return cls(record.guild_id, record.user_id, day, record.name, starts_at, ends_at)


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it was last written; ``event_id`` is None while it is not known whether it was made."""

    guild_id: int
    user_id: int
    day: date | None
    name: str
    starts_at: datetime | None
    event_id: int | None
    step: Step
    attempts: int

    def is_over(self, settings: GuildSettings, now: datetime) -> bool:
        """Return whether the day is past where the server is; a damaged row's is."""
        return self.day is None or self.starts_at is None or settings.today(now) > self.day

    def has_begun(self, now: datetime) -> bool:
        """Return whether Discord takes no other beginning any more."""
        return self.starts_at is None or self.starts_at <= now

    def is_as(self, plan: EventPlan) -> bool:
        """Return whether it is as it should be."""
        return (self.day, self.name, self.starts_at) == (plan.day, plan.name, plan.starts_at)


@dataclass(frozen=True, slots=True)
class EventWork:
    """What there is and what should be, where they differ: at least one of them is not None."""

    settings: GuildSettings
    row: EventRow | None
    plan: EventPlan | None


class ServerEventRepository:
    """Stored events of every server, at most one a member."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def claim(self, plan: EventPlan, until: datetime) -> EventRow | None:
        """Note that an event is about to be made, and hold it; None if another process was quicker."""
        values = _written(plan) | {"step": Step.WANTED, "held_until": until, "attempts": 0, "event_id": None}
        async with self._store.writing() as connection:
            statement = insert(connection, _events).values(values).on_conflict_do_nothing().returning(*_events.c)
            row = (await connection.execute(statement)).one_or_none()
        return _from_row(row) if row else None

    async def hold(self, row: EventRow, until: datetime) -> EventRow | None:
        """Hold an event until then; None if another process was quicker."""
        values = {"attempts": row.attempts + 1, "held_until": until}
        return await self._update(row, values)

    async def settle(self, row: EventRow, event_id: int, plan: EventPlan, now: datetime) -> None:
        """Note that the event is there, as it should be."""
        await self._update(row, _written(plan) | {"event_id": event_id, "step": Step.MADE, "held_until": now})

    async def give_up(self, row: EventRow, now: datetime) -> None:
        """Note that somebody took the event away."""
        await self._update(row, {"step": Step.GONE, "held_until": now})

    async def postpone(self, row: EventRow, until: datetime) -> None:
        """Leave an event untouched until then."""
        await self._update(row, {"held_until": until})

    async def forget(self, row: EventRow) -> None:
        """Delete what is kept of an event that is not there any more."""
        async with self._store.writing() as connection:
            await connection.execute(delete(_events).where(_is_owned(row)))

    async def known(self, guild_id: int) -> frozenset[int]:
        """Return the ids of a server's events that are known to be somebody's."""
        theirs = select(_events.c.event_id).where(_events.c.guild_id == guild_id, _events.c.event_id.is_not(None))
        async with self._store.reading() as connection:
            return frozenset((await connection.execute(theirs)).scalars())

    async def _update(self, row: EventRow, values: Mapping[str, Any]) -> EventRow | None:
        statement = update(_events).where(_is_owned(row)).values(values).returning(*_events.c)
        async with self._store.writing() as connection:
            changed = (await connection.execute(statement)).one_or_none()
        return _from_row(changed) if changed else None


async def outlook(connection: AsyncConnection, now: datetime) -> tuple[tuple[EventWork, ...], datetime | None]:
    """Return what is to be made, changed, taken away or forgotten now, and when the next event is no longer held."""
    with_events = and_(_preparations.c.events, ~waits(_preparations.c.guild_id, now, About.EVENT))
    turned_on = frozenset((await connection.execute(select(_preparations.c.guild_id).where(with_events))).scalars())
    waiting = waits(_events.c.guild_id, now, About.EVENT).label("waiting")
    stored = (await connection.execute(select(*_events.c, waiting))).all()
    if not turned_on and not stored:
        return (), None
    held = {(row.guild_id, row.user_id) for row in stored if row.waiting or _is_held(row.held_until, now)}
    rows = {(row.guild_id, row.user_id): _from_row(row) for row in stored}
    settings = await settings_by_guild(connection, turned_on | {guild_id for guild_id, _ in rows})
    plans = {key: plan for guild_id in turned_on for key, plan in await _plans(connection, settings[guild_id], now)}
    work = (
        EventWork(settings[key[0]], rows.get(key), plans.get(key))
        for key in sorted((rows.keys() | plans.keys()) - held)
    )
    following = min((row.held_until for row in stored if _is_held(row.held_until, now)), default=None)
    return tuple(each for each in work if _differs(each, now)), following


def _is_held(until: datetime | None, now: datetime) -> bool:
    """Return whether a row is another process's, as :func:`~.leases.is_free` says in SQL."""
    return until is not None and now < until <= now + retry.LONGEST


def _differs(work: EventWork, now: datetime) -> bool:
    row, plan = work.row, work.plan
    if row is None:
        return plan is not None and plan.starts_at > now
    if row.is_over(work.settings, now) or row.step is Step.WANTED:
        return True
    if plan is None:
        return row.step is Step.MADE
    if row.step is Step.GONE:
        return row.day != plan.day
    # One that goes on stays what it is, unless the birthday is another day.
    return not row.is_as(plan) and (not row.has_begun(now) or row.day != plan.day)


async def _plans(
    connection: AsyncConnection, settings: GuildSettings, now: datetime
) -> Iterable[tuple[tuple[int, int], EventPlan]]:
    """Return by server and user what should be on a server, each member's next birthday."""
    plans: dict[tuple[int, int], EventPlan] = {}
    for celebrated in await occurrences.celebrated_from(connection, settings.guild_id, settings.today(now)):
        if celebrated.record.is_prepared:
            key = (settings.guild_id, celebrated.record.user_id)
            plans.setdefault(key, EventPlan.of(settings, celebrated))
    return plans.items()


def _written(plan: EventPlan) -> dict[str, Any]:
    return {
        "guild_id": plan.guild_id,
        "user_id": plan.user_id,
        "day": plan.day,
        "name": plan.name,
        "starts_at": plan.starts_at,
    }


def _is_owned(row: EventRow) -> ColumnElement[bool]:
    its = and_(_events.c.guild_id == row.guild_id, _events.c.user_id == row.user_id)
    return and_(its, _events.c.attempts == row.attempts)


def _from_row(row: Row[*tuple[Any, ...]]) -> EventRow:
    step = Step(row.step) if row.step in list(Step) else Step.GONE
    return EventRow(row.guild_id, row.user_id, row.day, row.name, row.starts_at, row.event_id, step, row.attempts)
