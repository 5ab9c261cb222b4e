"""The repositories of one store: what the steps of a delivery read and write."""

from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.letters import LetterRepository
from bot.features.birthday.storage.occurrences import OccurrenceRepository
from bot.features.birthday.storage.outbox import Outbox
from bot.features.birthday.storage.photos import PhotoRepository
from bot.features.birthday.storage.problems import ProblemRepository
from bot.features.birthday.storage.reminders import ReminderRepository
from bot.features.birthday.storage.role_grants import RoleGrantRepository
from bot.features.birthday.storage.server_events import ServerEventRepository
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Repositories:
    """One repository of each kind."""

    birthdays: BirthdayRepository
    settings: GuildSettingsRepository
    occurrences: OccurrenceRepository
    outbox: Outbox
    problems: ProblemRepository
    role_grants: RoleGrantRepository
    letters: LetterRepository
    reminders: ReminderRepository
    server_events: ServerEventRepository
    photos: PhotoRepository

    @classmethod
    def of(cls, store: Store, clock: Clock) -> Self:
        """Return those of ``store``."""
        return cls(
            BirthdayRepository(store, clock),
            GuildSettingsRepository(store, clock),
            OccurrenceRepository(store),
            Outbox(store),
            ProblemRepository(store),
            RoleGrantRepository(store),
            LetterRepository(store, clock),
            ReminderRepository(store),
            ServerEventRepository(store),
            PhotoRepository(store),
        )
