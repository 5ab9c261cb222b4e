"""What is wrong in a group: kept, tried again after longer and longer waits, and told to its admins once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, select, update

from bot.features.birthday.delivery import retry
from bot.features.birthday.delivery.messenger import (
    About,
    Celebrated,
    Done,
    Messenger,
    Notice,
    Refusal,
    Refused,
    Unsure,
)
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.guild_settings import GuildSettings
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
    """What is wrong in every group."""

    def __init__(self, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger

    async def of_guild(self, guild_id: int) -> tuple[Problem, ...]:
        """Return what is wrong in a group, for its admins' ``check``."""
        async with self._store.reading() as connection:
            rows = await connection.execute(select(_problems).where(_problems.c.guild_id == guild_id))
            return tuple(
                Problem(About(row.about), _reason(row.reason), row.attempts, row.retry_at, row.told) for row in rows
            )

    async def note(
        self,
        settings: GuildSettings,
        about: About,
        outcome: Unsure | Refused,
        people: tuple[Celebrated, ...],
        now: datetime,
    ) -> datetime:
        """Keep what came of something, tell the admins if it is a new refusal, and return when to try again."""
        problem = await self.keep(settings.guild_id, about, outcome, now)
        if problem.reason and not problem.told and problem.reason is not Refusal.GUILD_GONE:
            notice = Notice(about, settings, problem.reason, people)
            if isinstance(await retry.attempt(self._messenger.tell_admins(notice)), Done):
                await self._note_told(settings.guild_id, about)
        return problem.retry_at

    async def clear(self, guild_id: int, about: About) -> None:
        """Forget it: it works."""
        its = _its(guild_id, about)
        async with self._store.reading() as connection:
            known = (await connection.execute(select(_problems.c.about).where(its))).first()
        if known:
            async with self._store.writing() as connection:
                await connection.execute(delete(_problems).where(its))

    async def keep(self, guild_id: int, about: About, outcome: Unsure | Refused, now: datetime) -> Problem:
        """Keep what came of something, without telling anyone."""
        its = _its(guild_id, about)
        async with self._store.writing() as connection:
            known = (await connection.execute(select(_problems).where(its))).one_or_none()
            before, told, tries = (known.reason, known.told, known.attempts) if known else (_UNSURE, False, 0)
            # While the chat does not answer, what it said last still holds.
            reason = outcome.reason.value if isinstance(outcome, Refused) else before
            problem = Problem(
                about, _reason(reason), tries + 1, now + retry.backoff_refused(tries), told and reason == before
            )
            row = {
                "guild_id": guild_id,
                "about": about.value,
                "reason": reason,
                "attempts": problem.attempts,
                "retry_at": problem.retry_at,
                "told": problem.told,
            }
            statement = insert(connection, _problems).values(row)
            await connection.execute(statement.on_conflict_do_update(index_elements=["guild_id", "about"], set_=row))
        return problem

    async def _note_told(self, guild_id: int, about: About) -> None:
        async with self._store.writing() as connection:
            await connection.execute(update(_problems).where(_its(guild_id, about)).values(told=True))


def _its(guild_id: int, about: About) -> ColumnElement[bool]:
    return and_(_problems.c.guild_id == guild_id, _problems.c.about == about.value)


def _reason(text: str) -> Refusal | None:
    return None if text == _UNSURE else Refusal(text)
