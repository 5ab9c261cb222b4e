"""The repository of role grants: who wears the birthday role until when. Knows no chat.

What is granted is kept before it is given, so that a crash cannot leave a role behind; two processes keep apart by
holding a row while they work on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar import local_time
from bot.features.birthday.model import GuildSettings, State
from bot.features.birthday.storage import planning, tables
from bot.features.birthday.storage.guild_settings import settings_by_guild
from bot.features.birthday.storage.leases import is_free
from bot.store.columns import insert
from bot.store.store import Store

_occurrences, _grants = tables.occurrences, tables.role_grants


class Step(StrEnum):
    """Where a grant is on its way from wanted to taken back."""

    WANTED = "wanted"
    GIVEN = "given"
    DONE = "done"
    """Taken back, or not to be had."""


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


class RoleGrantRepository:
    """Stored grants of every server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Write down the grants that :func:`wanted` returned."""
        async with self._store.writing() as connection:
            await connection.execute(insert(connection, _grants).on_conflict_do_nothing(), rows)

    async def hold(self, grant: RoleGrant, until: datetime) -> bool:
        """Hold a grant until then; return False if another process was quicker."""
        attempt = {"attempts": grant.attempts + 1, "held_until": until}
        return await self._update(grant, _grants.c.attempts == grant.attempts, **attempt)

    async def settle(self, grant: RoleGrant, step: Step, now: datetime) -> None:
        """Note that it was given, or taken back."""
        await self._update(grant, step=step, held_until=now, attempts=0)

    async def give_up(self, grant: RoleGrant) -> None:
        """Note that there is nothing to give or to take back."""
        await self._update(grant, step=Step.DONE)

    async def postpone(self, grant: RoleGrant, until: datetime) -> None:
        """Leave a grant untouched until then."""
        await self._update(grant, held_until=until)

    async def forget_done(self, before: datetime) -> None:
        """Delete what was over before then and returned."""
        async with self._store.writing() as connection:
            await connection.execute(delete(_grants).where(_grants.c.step == Step.DONE, _grants.c.until < before))

    async def _update(self, grant: RoleGrant, *conditions: ColumnElement[bool], **values: Any) -> bool:  # noqa: ANN401
        its = and_(
            _grants.c.guild_id == grant.guild_id,
            _grants.c.user_id == grant.user_id,
            _grants.c.key == grant.key,
            _grants.c.step == grant.step,
            *conditions,
        )
        async with self._store.writing() as connection:
            return (await connection.execute(update(_grants).where(its).values(**values))).rowcount > 0


async def wanted(connection: AsyncConnection, now: datetime) -> list[dict[str, Any]]:
    """Return the grants for those whose day it is, on the servers that have a role; not those that are known."""
    same = and_(
        _grants.c.guild_id == _occurrences.c.guild_id,
        _grants.c.user_id == _occurrences.c.user_id,
        _grants.c.key == _occurrences.c.key,
    )
    today = and_(
        _occurrences.c.due <= now,
        _occurrences.c.due > now - 2 * planning.DAY,
        _occurrences.c.state.in_([State.PLANNED, State.CLAIMED, State.SENT]),
        ~select(_grants.c.key).where(same).exists(),
    )
    rows = (await connection.execute(select(_occurrences).where(today))).all()
    settings = await settings_by_guild(connection, {row.guild_id for row in rows})
    grants = (_values(row, settings[row.guild_id], now) for row in rows if row.day)
    return [grant for grant in grants if grant["role_id"] and grant["until"] > now]


async def to_do(connection: AsyncConnection, now: datetime) -> tuple[RoleGrant, ...]:
    """Return what is to be given or taken back now."""
    work = or_(_grants.c.step == Step.WANTED, and_(_grants.c.step == Step.GIVEN, _grants.c.until <= now))
    rows = await connection.execute(select(_grants).where(work, is_free(_grants.c.held_until, now)))
    return tuple(
        RoleGrant(row.guild_id, row.user_id, row.key, row.role_id, row.until, row.step, row.attempts) for row in rows
    )


async def next_moment(connection: AsyncConnection) -> datetime | None:
    """Return when a role is next to be given or taken back."""
    over = case((_grants.c.held_until > _grants.c.until, _grants.c.held_until), else_=_grants.c.until)
    moment = case((_grants.c.step == Step.WANTED, _grants.c.held_until), else_=over)
    following: datetime | None = await connection.scalar(select(func.min(moment)).where(_grants.c.step != Step.DONE))
    return following


def _values(row: Row[*tuple[Any, ...]], settings: GuildSettings, now: datetime) -> dict[str, Any]:
    return {
        "guild_id": row.guild_id,
        "user_id": row.user_id,
        "key": row.key,
        "role_id": settings.role_id,
        "until": local_time.due(row.day + planning.DAY, time(), settings.tz),
        "step": Step.WANTED,
        "held_until": now,
        "attempts": 0,
    }
