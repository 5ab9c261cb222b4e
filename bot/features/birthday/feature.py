"""The birthday feature: ``/birthday``, its buttons, and the task that congratulates."""

import asyncio
import contextlib
from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.birthday.cog import Birthdays
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.discord_ui.buttons import BirthdayButton
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.discord_messenger import DiscordMessenger
from bot.features.birthday.storage import personal_data
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.celebrants import CelebrantRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.text.composer import Composer
from bot.features.birthday.texts import BirthdayTexts
from bot.features.feature import Feature, FeatureClient, Services

_LAST_WORD = 10.0
"""Seconds for what the scheduler is doing at the end; what takes longer is settled at the next start."""


class BirthdayFeature(Feature):
    """Congratulates."""

    texts = BirthdayTexts
    buttons = (BirthdayButton,)
    needs_store = True

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._running: asyncio.Task[None] | None = None
        composer = Composer(services.groups, services.workers, client.refused_lines, client.song)
        messenger = DiscordMessenger(client, composer, services.access.serves)
        self._scheduler = BirthdayScheduler(self.store, messenger, services.clock, is_ours=client.is_ours)
        self._commands = BirthdayServices(
            BirthdayRepository(self.store, services.clock, self._scheduler.wake),
            GuildSettingsRepository(self.store, services.clock, self._scheduler.wake),
            CelebrantRepository(self.store),
            self._scheduler.repositories.problems,
            self._scheduler.repositories.letters,
            self._scheduler.repositories.reminders,
            self._scheduler.repositories.photos,
            composer,
            services.clock,
            self._scheduler.wake,
            client.smiling_photo,
            client.styled_photo,
        )

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/birthday``."""
        return [Birthdays(self._commands)]

    async def start(self) -> None:
        """Send the wishes from now on; after a lost connection, look again at once."""
        if self._running is None:
            self._running = asyncio.create_task(self._scheduler.run(), name="birthdays")
        self._scheduler.wake()

    async def close(self) -> None:
        """Let the scheduler finish what it is doing."""
        self._scheduler.stop()
        if self._running is not None:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._running, _LAST_WORD)

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return all that is kept of a user on every server: birthdays, wishes, what they joined in and wrote."""
        return await personal_data.export_user(self.store, user_id)

    async def forget_user(self, user_id: int) -> None:
        """Delete them; a role that is still worn is taken back first, and an event taken away."""
        await personal_data.forget_user(self.store, user_id, self.services.clock.now())
        self._scheduler.wake()

    async def servers(self) -> Collection[int]:
        """Return the servers that have settings, birthdays, or anything on its way."""
        return await personal_data.servers(self.store)

    async def forget_server(self, server: int) -> None:
        """Delete all of these."""
        await personal_data.forget_server(self.store, server)
