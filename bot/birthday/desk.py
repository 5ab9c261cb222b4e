"""What the commands and buttons work with, put together once by the client."""

from dataclasses import dataclass
from datetime import date

from bot.birthday.composing import Composer
from bot.birthday.dates import moments
from bot.birthday.herald.troubles import Troubles
from bot.birthday.kept.birthdays import Birthdays
from bot.birthday.kept.clock import Clock
from bot.birthday.kept.joiners import Joiners
from bot.birthday.kept.settings import Group, Groups


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
        return moments.local_day(self.clock.now(), group.tz)
