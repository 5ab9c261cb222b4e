"""Retention and the membership check: finds out who left, and forgets what is kept no longer. Knows no tables.

The bot hears of nobody leaving: that would take a privileged intent. So everyone is asked after once a week, and who
left is removed after a month, unless they came back.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.features.birthday.delivery.messenger import Messenger, Refused, Unsure, attempt
from bot.features.birthday.storage.repositories import Repositories
from bot.groups.departures import KEPT_AFTER_LEAVING

CHECKED_EVERY = timedelta(days=7)
KEPT = KEPT_AFTER_LEAVING
_SENT_KEPT = timedelta(days=400)
_REMINDERS_KEPT = timedelta(days=7)
_LETTERS_KEPT = timedelta(days=30)
"""How long the letters that came with a wish can be read."""
_GUILDS, _MEMBERS = 20, 100


class RetentionJob:
    """Checks members and deletes what is old, a little at a time, every hour."""

    def __init__(
        self, repositories: Repositories, messenger: Messenger, is_ours: Callable[[int], bool] = lambda _server: True
    ) -> None:
        self._repositories = repositories
        self._messenger = messenger
        self._is_ours = is_ours

    async def run(self, now: datetime) -> None:
        """Ask after the members of some servers, remove who left long ago, forget what was sent over a year ago."""
        guild_ids = [*filter(self._is_ours, await self._repositories.birthdays.guilds_to_check(now - CHECKED_EVERY))]
        # At random, so that some that never answer do not keep the others waiting.
        for guild_id in random.sample(guild_ids, min(len(guild_ids), _GUILDS)):
            await self._check_members(guild_id, now)
        await self._repositories.occurrences.forget_settled(now - _SENT_KEPT)
        await self._repositories.outbox.forget_sent(now - _SENT_KEPT)
        await self._repositories.reminders.forget((now - _REMINDERS_KEPT).date())
        await self._repositories.letters.forget(now - _LETTERS_KEPT, now - _SENT_KEPT)

    async def _check_members(self, guild_id: int, now: datetime) -> None:
        birthdays = self._repositories.birthdays
        user_ids = await birthdays.members_to_check(guild_id, now - CHECKED_EVERY, _MEMBERS)
        here = await attempt(self._messenger.present(guild_id, user_ids))
        if isinstance(here, Unsure):
            return
        present = frozenset() if isinstance(here, Refused) else here
        await self._repositories.occurrences.note_presence(guild_id, present, user_ids - present, now)
        await birthdays.remove_long_gone(guild_id, now - KEPT, checked_at=now)
