"""Reminders: who asked for it is told some days before of another's birthday, privately and once.

Privately, because on an ordinary server there is no channel that everybody sees but the one whose birthday it is. They
go through the outbox, as wishes do. Knows no tables.
"""

from collections.abc import Iterable

from bot.clock import Clock
from bot.features.birthday.delivery.messenger import Messenger, Refused, Unsure, attempt
from bot.features.birthday.delivery.sender import MessageSender
from bot.features.birthday.model import About
from bot.features.birthday.storage.reminders import DueReminder
from bot.features.birthday.storage.repositories import Repositories


class ReminderJob:
    """Sends the reminders of one server: from due to sent."""

    def __init__(self, repositories: Repositories, messenger: Messenger, sender: MessageSender, clock: Clock) -> None:
        self._repositories = repositories
        self._messenger = messenger
        self._sender = sender
        self._clock = clock

    async def remind(self, reminders: tuple[DueReminder, ...]) -> None:
        """Send the reminders of one server, but to who left it, and about nobody who left it."""
        guild_id = reminders[0].settings.guild_id
        here = await self._present(guild_id, reminders)
        if isinstance(here, Unsure | Refused):
            await self._wait(guild_id, here)
            return
        failures = [
            failure
            for due in reminders
            if {due.to_id, due.celebrated.record.user_id} <= here and (failure := await self._send(due))
        ]
        if failures:
            await self._wait(guild_id, failures[0])
        else:
            await self._repositories.problems.clear(guild_id, About.REMINDER)

    async def _present(self, guild_id: int, reminders: Iterable[DueReminder]) -> frozenset[int] | Unsure | Refused:
        """Return who is on the server, and note who is not."""
        readers = frozenset(due.to_id for due in reminders)
        people = frozenset(due.celebrated.record.user_id for due in reminders)
        here = await attempt(self._messenger.present(guild_id, readers | people))
        if not isinstance(here, Unsure | Refused):
            await self._repositories.reminders.unsubscribe(guild_id, readers - here)
            await self._repositories.occurrences.note_presence(
                guild_id, people & here, people - here, self._clock.now()
            )
        return here

    async def _send(self, due: DueReminder) -> Unsure | Refused | None:
        """Return why a reminder has to wait; whom the bot cannot write to at all is asked no more."""
        channel_id = await attempt(self._messenger.private_channel(due.to_id))
        if isinstance(channel_id, Refused):
            await self._repositories.reminders.unsubscribe(due.settings.guild_id, [due.to_id])
            return None
        if isinstance(channel_id, Unsure):
            return channel_id
        anchor = await attempt(self._messenger.newest(channel_id))
        if isinstance(anchor, Unsure | Refused):
            return anchor
        claim = await self._repositories.reminders.claim(channel_id, anchor, due, self._clock.now())
        if claim:
            await self._sender.send(claim)
        return None

    async def _wait(self, guild_id: int, outcome: Unsure | Refused) -> None:
        refusal = outcome.reason if isinstance(outcome, Refused) else None
        await self._repositories.problems.record(guild_id, About.REMINDER, refusal, self._clock.now())
