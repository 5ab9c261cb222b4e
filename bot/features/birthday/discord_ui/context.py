"""The services that commands and buttons work with, put together once by the feature."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

import discord

from bot.clock import Clock
from bot.features.birthday.model import GuildSettings
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.celebrants import CelebrantRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.letters import LetterRepository
from bot.features.birthday.storage.photos import PhotoRepository
from bot.features.birthday.storage.problems import ProblemRepository
from bot.features.birthday.storage.reminders import ReminderRepository
from bot.features.birthday.text.composer import Composer
from bot.groups.group import Place


@dataclass(frozen=True, slots=True)
class BirthdayServices:
    """The repositories, the composer, the clock, what wakes the scheduler, and what changes a photo."""

    birthdays: BirthdayRepository
    settings: GuildSettingsRepository
    celebrants: CelebrantRepository
    problems: ProblemRepository
    letters: LetterRepository
    reminders: ReminderRepository
    photos: PhotoRepository
    composer: Composer
    clock: Clock
    wake: Callable[[], None]
    smile: Callable[[Place, discord.Attachment], Awaitable[bytes | None]]
    paint: Callable[[Place, discord.Attachment, str, str], Awaitable[bytes | None]]
    """In a style by its name, which is told in the language of a locale where there is none."""

    def today(self, settings: GuildSettings) -> date:
        """Return the day it is where the server is."""
        return settings.today(self.clock.now())
