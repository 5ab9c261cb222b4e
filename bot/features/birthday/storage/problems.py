"""The repository of problems that last: why wishes wait or a role cannot be given, and when to try again.

Knows no chat: what the admins are told of them is delivery's business.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday import retry
from bot.features.birthday.model import About, Refusal
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.leases import is_free
from bot.store.columns import insert
from bot.store.store import Store

_problems = tables.problems
_UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong; ``reason`` is None while the chat just does not answer."""

    about: About
    reason: Refusal | None
    attempts: int
    retry_at: datetime
    told: bool


class ProblemRepository:
    """Lasting problems of every server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of_guild(self, guild_id: int) -> tuple[Problem, ...]:
        """Return what is wrong on a server, for its admins' ``check``."""
        async with self._store.reading() as connection:
            rows = await connection.execute(select(_problems).where(_problems.c.guild_id == guild_id))
            return tuple(
                Problem(About(row.about), _reason(row.reason), row.attempts, row.retry_at, row.told) for row in rows
            )

    async def record(self, guild_id: int, about: About, refusal: Refusal | None, now: datetime) -> Problem:
        """Keep that something was refused, or with None that the chat did not answer; each time it waits longer."""
        its = _its(guild_id, about)
        async with self._store.writing() as connection:
            row = (await connection.execute(select(_problems).where(its))).one_or_none()
            before, is_told, attempts = (row.reason, row.told, row.attempts) if row else (_UNSURE, False, 0)
            # While the chat does not answer, what it said last still holds.
            reason = refusal.value if refusal else before
            retry_at = now + retry.backoff_refused(attempts)
            problem = Problem(about, _reason(reason), attempts + 1, retry_at, is_told and reason == before)
            values = {
                "guild_id": guild_id,
                "about": about.value,
                "reason": reason,
                "attempts": problem.attempts,
                "retry_at": problem.retry_at,
                "told": problem.told,
            }
            statement = insert(connection, _problems).values(values)
            await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id", "about"], set_=values))
        return problem

    async def mark_told(self, guild_id: int, about: About) -> None:
        """Note that the admins were told of a problem."""
        async with self._store.writing() as connection:
            await connection.execute(update(_problems).where(_its(guild_id, about)).values(told=True))

    async def clear(self, guild_id: int, about: About) -> None:
        """Forget a problem: it works."""
        its = _its(guild_id, about)
        async with self._store.reading() as connection:
            is_there = (await connection.execute(select(_problems.c.about).where(its))).first() is not None
        if is_there:
            async with self._store.writing() as connection:
                await connection.execute(delete(_problems).where(its))


def waits(guild_id: ColumnElement[int], now: datetime, about: About = About.CHANNEL) -> ColumnElement[bool]:
    """Return whether a server has a problem of this kind that says to wait."""
    its = and_(_problems.c.guild_id == guild_id, _problems.c.about == about.value)
    return select(_problems.c.guild_id).where(its, ~is_free(_problems.c.retry_at, now)).exists()


async def next_retry(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return when the next wait ends."""
    retry_at: datetime | None = await connection.scalar(
        select(func.min(_problems.c.retry_at)).where(_problems.c.retry_at > now)
    )
    return retry_at


def _its(guild_id: int, about: About) -> ColumnElement[bool]:
    return and_(_problems.c.guild_id == guild_id, _problems.c.about == about.value)


def _reason(text: str) -> Refusal | None:
    return None if text == _UNSURE else Refusal(text)
