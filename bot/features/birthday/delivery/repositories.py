"""All that is kept about birthdays, in one hand: what the steps of the herald read and write."""

from dataclasses import dataclass
from typing import Self

from bot.features.birthday.clock import Clock
from bot.features.birthday.delivery.digests import Digests
from bot.features.birthday.delivery.messenger import Messenger
from bot.features.birthday.delivery.occurrences import Deliveries
from bot.features.birthday.delivery.outbox import Claims
from bot.features.birthday.delivery.problems import Troubles
from bot.features.birthday.storage.guild_settings import Groups
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Ledger:
    """The repositories of one store."""

    groups: Groups
    deliveries: Deliveries
    claims: Claims
    digests: Digests
    troubles: Troubles

    @classmethod
    def of(cls, store: Store, messenger: Messenger, clock: Clock) -> Self:
        """Return those of ``store``."""
        return cls(Groups(store, clock), Deliveries(store), Claims(store), Digests(store), Troubles(store, messenger))
