"""What the commands and buttons work with, put together once by the client."""

from dataclasses import dataclass
from datetime import date

from bot.features.birthday.calendar import local_time
from bot.features.birthday.clock import Clock
from bot.features.birthday.delivery.problems import Troubles
from bot.features.birthday.storage.birthdays import Birthdays
from bot.features.birthday.storage.celebrants import Joiners
from bot.features.birthday.storage.guild_settings import Group, Groups
from bot.features.birthday.text.composer import Composer


@dataclass(frozen=True, slots=True)
class Desk:
    """The repositories, the clock, and who finds the words."""

    birthdays: Birthdays
    groups: Groups
    joiners: Joiners
    troubles: Troubles
    composer: Composer
    clock: Clock

    def today(self, group: Group) -> date:
        """Return the day it is where the group is."""
        return local_time.local_day(self.clock.now(), group.tz)
