"""Finds out who left, and forgets what is kept no longer.

The bot hears of nobody leaving: that would take a privileged intent. So everyone is asked after once a week, and who
left is removed after a month, unless they came back.
"""

import random
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, select

from bot.features.birthday.delivery.messenger import Messenger, Refused, Unsure
from bot.features.birthday.delivery.occurrences import OccurrenceRepository
from bot.features.birthday.delivery.retry import attempt
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import remove_records
from bot.features.birthday.storage.tables import State
from bot.store.store import Store

CHECKED_EVERY = timedelta(days=7)
KEPT = timedelta(days=30)
"""How long the birthday of someone who left is kept."""
_SENT_KEPT = timedelta(days=400)
_OVER = (State.SENT, State.SPARED, State.SILENT, State.SHOWN)
_GROUPS, _MEMBERS = 20, 100
_birthdays, _occurrences, _messages = tables.birthdays, tables.occurrences, tables.outbox


class RetentionJob:
    """A little at a time, every hour."""

    def __init__(self, store: Store, occurrences: OccurrenceRepository, messenger: Messenger) -> None:
        self._store = store
        self._occurrences = occurrences
        self._messenger = messenger

    async def sweep(self, now: datetime) -> None:
        """Ask after the members of some groups, remove who left long ago, forget what was sent over a year ago."""
        stale = _birthdays.c.checked_at < now - CHECKED_EVERY
        async with self._store.reading() as connection:
            guilds = (await connection.execute(select(_birthdays.c.guild_id).where(stale).distinct())).scalars().all()
        # At random, so that some that never answer do not keep the others waiting.
        for guild_id in random.sample(guilds, min(len(guilds), _GROUPS)):
            await self._ask_after(guild_id, now)
        await self._forget(now)

    async def _ask_after(self, guild_id: int, now: datetime) -> None:
        stale = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.checked_at < now - CHECKED_EVERY)
        oldest = select(_birthdays.c.user_id).where(stale).order_by(_birthdays.c.checked_at).limit(_MEMBERS)
        async with self._store.reading() as connection:
            asked = frozenset((await connection.execute(oldest)).scalars())
        here = await attempt(self._messenger.present(guild_id, asked))
        if isinstance(here, Unsure):
            return
        present = frozenset() if isinstance(here, Refused) else here
        await self._occurrences.note_presence(guild_id, present, asked - present, now)
        await self._remove(guild_id, now)

    async def _remove(self, guild_id: int, now: datetime) -> None:
        long_gone = and_(
            _birthdays.c.guild_id == guild_id,
            _birthdays.c.left_at < now - KEPT,
            # Only who was just asked after and is still not there.
            _birthdays.c.checked_at == now,
        )
        async with self._store.writing() as connection:
            users = (await connection.execute(select(_birthdays.c.user_id).where(long_gone))).scalars().all()
            if users:
                await remove_records(connection, guild_id, users)

    async def _forget(self, now: datetime) -> None:
        old = now - _SENT_KEPT
        over = and_(_occurrences.c.due < old, _occurrences.c.state.in_(_OVER))
        async with self._store.writing() as connection:
            await connection.execute(delete(_occurrences).where(over))
            await connection.execute(delete(_messages).where(_messages.c.sent_at < old))


async def oldest_check(store: Store) -> datetime | None:
    """Return when the member who was asked after longest ago was."""
    async with store.reading() as connection:
        oldest: datetime | None = await connection.scalar(select(func.min(_birthdays.c.checked_at)))
    return oldest
