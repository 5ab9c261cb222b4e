"""What the tests of the delivery drive: a server with a channel, and a bot in it; the chat keeps what it is sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.messenger import Digest
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.store import Store

GUILD, CHANNEL, OTHER, ROLE = 1, 7, 8, 9
TODAY = Birthday(Solar(3, 5), 2000)
NINE = datetime(2027, 3, 5, 0, tzinfo=UTC)
"""Nine in the morning in Seoul."""


class Room:
    """A server with a channel, and a bot in it."""

    def __init__(self, store: Store, chat: Any, clock: Any) -> None:
        self.store, self.chat, self.clock = store, chat, clock
        self.scheduler = BirthdayScheduler(store, chat, clock, look_again=timedelta(days=1))
        self.birthdays, self.settings = BirthdayRepository(store, clock), GuildSettingsRepository(store, clock)

    async def pass_to(self, moment: datetime) -> None:
        """Let the scheduler work through everything up to ``moment``."""
        while True:
            following = await self.scheduler.step()
            if following > moment:
                break
            self.clock.moment = max(following, self.clock.moment + timedelta(seconds=1))
        self.clock.moment = max(moment, self.clock.moment)
        await self.scheduler.step()

    def wishes(self) -> list[list[int]]:
        return [posted.users for posted in self.chat.posted if not isinstance(posted.message, Digest)]
