"""The services that commands and buttons work with, put together once by the feature."""

from dataclasses import dataclass
from datetime import date

from bot.clock import Clock
from bot.features.birthday.model import GuildSettings
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.celebrants import CelebrantRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.problems import ProblemRepository
from bot.features.birthday.text.composer import Composer


@dataclass(frozen=True, slots=True)
class BirthdayServices:
    """The repositories, the clock and the composer."""

    birthdays: BirthdayRepository
    settings: GuildSettingsRepository
    celebrants: CelebrantRepository
    problems: ProblemRepository
    composer: Composer
    clock: Clock

    def today(self, settings: GuildSettings) -> date:
        """Return the day it is where the server is."""
        return settings.today(self.clock.now())
