"""The birthday role: lent from the group's hour until the day's end, and taken back for certain.

What is lent is kept before it is given, so that a crash cannot leave a role behind. Giving and taking twice is
harmless in the chat; two processes keep apart by holding a row while they work on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.features.birthday.calendar import local_time
from bot.features.birthday.delivery import retry
from bot.features.birthday.delivery.messenger import About, Done, Messenger, Refusal, Refused, Unsure
from bot.features.birthday.delivery.repositories import Repositories
from bot.features.birthday.delivery.retry import attempt
from bot.features.birthday.storage import planning, tables
from bot.features.birthday.storage.guild_settings import GuildSettings, settings_by_guild
from bot.features.birthday.storage.tables import State
from bot.store.columns import insert
from bot.store.store import Store

_occurrences, _roles = tables.occurrences, tables.role_grants
_GONE = (Refusal.MEMBER_GONE, Refusal.ROLE_GONE, Refusal.GUILD_GONE)
_KEPT = 60 * planning.DAY


class _Step(StrEnum):
    WANTED = "wanted"
    GIVEN = "given"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role that is to be given, or taken back."""

    guild_id: int
    user_id: int
    key: str
    role_id: int
    until: datetime
    step: str
    attempts: int


class RoleAssigner:
    """Every group's birthday role."""

    def __init__(self, store: Store, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._repositories = repositories
        self._messenger = messenger
        self._clock = clock

    async def want(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write down the loans that :func:`wanted` found."""
        async with self._store.writing() as connection:
            await connection.execute(insert(connection, _roles).on_conflict_do_nothing(), rows)

    async def do(self, grant: RoleGrant) -> None:
        """Give or take back one role."""
        now = self._clock.now()
        if not await self._hold(grant, now):
            return
        over = grant.until <= now
        if over and grant.step == _Step.WANTED and not grant.attempts:
            await self._set(grant, step=_Step.DONE)
            return
        change = self._messenger.take_role if over else self._messenger.give_role
        outcome = await attempt(change(grant.guild_id, grant.user_id, grant.role_id))
        await self._note(grant, over, outcome)

    async def purge(self, now: datetime) -> None:
        """Forget what was returned long ago."""
        old = and_(_roles.c.step == _Step.DONE, _roles.c.until < now - _KEPT)
        async with self._store.writing() as connection:
            await connection.execute(delete(_roles).where(old))

    async def _note(self, grant: RoleGrant, over: bool, outcome: Done | Unsure | Refused) -> None:
        now = self._clock.now()
        if isinstance(outcome, Done):
            await self._set(grant, step=_Step.DONE if over else _Step.GIVEN, held_until=now, attempts=0)
            await self._repositories.problems.clear(grant.guild_id, About.ROLE)
            return
        gone = isinstance(outcome, Refused) and outcome.reason in _GONE
        if isinstance(outcome, Refused) and outcome.reason is not Refusal.MEMBER_GONE:
            settings = await self._repositories.settings.get(grant.guild_id)
            await self._repositories.problems.note(settings, About.ROLE, outcome, (), now)
        if gone:
            await self._set(grant, step=_Step.DONE)
        else:
            await self._set(grant, held_until=now + retry.backoff_refused(grant.attempts))

    async def _hold(self, grant: RoleGrant, now: datetime) -> bool:
        values = {"attempts": grant.attempts + 1, "held_until": now + retry.LEASE}
        return await self._set(grant, _roles.c.attempts == grant.attempts, **values)

    async def _set(self, grant: RoleGrant, *conditions: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401
        its = and_(
            _roles.c.guild_id == grant.guild_id,
            _roles.c.user_id == grant.user_id,
            _roles.c.key == grant.key,
            _roles.c.step == grant.step,
            *conditions,
        )
        async with self._store.writing() as connection:
            return (await connection.execute(update(_roles).where(its).values(**values))).rowcount > 0


async def wanted(connection: AsyncConnection, now: datetime) -> list[dict[str, Any]]:
    """Return the loans for those whose day it is, in the groups that have a role; not those that are known."""
    same = and_(
        _roles.c.guild_id == _occurrences.c.guild_id,
        _roles.c.user_id == _occurrences.c.user_id,
        _roles.c.key == _occurrences.c.key,
    )
    today = and_(
        _occurrences.c.due <= now,
        _occurrences.c.due > now - 2 * planning.DAY,
        _occurrences.c.state.in_([State.PLANNED, State.CLAIMED, State.SENT]),
        ~select(_roles.c.key).where(same).exists(),
    )
    rows = (await connection.execute(select(_occurrences).where(today))).all()
    groups = await settings_by_guild(connection, {row.guild_id for row in rows})
    rows = [row for row in rows if row.day]
    found = (_row(row, groups.get(row.guild_id, GuildSettings(row.guild_id)), now) for row in rows)
    return [row for row in found if row["role_id"] and row["until"] > now]


async def to_do(connection: AsyncConnection, now: datetime) -> tuple[RoleGrant, ...]:
    """Return what is to be given or taken back now."""
    work = or_(_roles.c.step == _Step.WANTED, and_(_roles.c.step == _Step.GIVEN, _roles.c.until <= now))
    rows = await connection.execute(select(_roles).where(work, retry.is_free(_roles.c.held_until, now)))
    return tuple(
        RoleGrant(row.guild_id, row.user_id, row.key, row.role_id, row.until, row.step, row.attempts) for row in rows
    )


async def next_moment(connection: AsyncConnection) -> datetime | None:
    """Return when a role is next to be given or taken back."""
    over = case((_roles.c.held_until > _roles.c.until, _roles.c.held_until), else_=_roles.c.until)
    moment = case((_roles.c.step == _Step.WANTED, _roles.c.held_until), else_=over)
    following: datetime | None = await connection.scalar(select(func.min(moment)).where(_roles.c.step != _Step.DONE))
    return following


def _row(row: Row[*tuple[Any, ...]], settings: GuildSettings, now: datetime) -> dict[str, Any]:
    return {
        "guild_id": row.guild_id,
        "user_id": row.user_id,
        "key": row.key,
        "role_id": settings.role_id,
        "until": local_time.due(row.day + planning.DAY, time(), settings.tz),
        "step": _Step.WANTED,
        "held_until": now,
        "attempts": 0,
    }
