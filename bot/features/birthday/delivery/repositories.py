"""All that is kept about birthdays, in one hand: what the steps of the herald read and write."""

from dataclasses import dataclass
from typing import Self

from bot.clock import Clock
from bot.features.birthday.delivery.digests import Digests
from bot.features.birthday.delivery.messenger import Messenger
from bot.features.birthday.delivery.occurrences import OccurrenceRepository
from bot.features.birthday.delivery.outbox import Outbox
from bot.features.birthday.delivery.problems import ProblemRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Repositories:
    """The repositories of one store."""

    settings: GuildSettingsRepository
    occurrences: OccurrenceRepository
    outbox: Outbox
    digests: Digests
    problems: ProblemRepository

    @classmethod
    def of(cls, store: Store, messenger: Messenger, clock: Clock) -> Self:
        """Return those of ``store``."""
        return cls(
            GuildSettingsRepository(store, clock),
            OccurrenceRepository(store),
            Outbox(store),
            Digests(store),
            ProblemRepository(store, messenger),
        )
