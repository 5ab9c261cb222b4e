"""All that is kept about birthdays, in one hand: what the steps of the herald read and write."""

from dataclasses import dataclass
from typing import Self

from bot.birthday.herald.claims import Claims
from bot.birthday.herald.deliveries import Deliveries
from bot.birthday.herald.digests import Digests
from bot.birthday.herald.messenger import Messenger
from bot.birthday.herald.troubles import Troubles
from bot.birthday.kept.clock import Clock
from bot.birthday.kept.settings import Groups
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
