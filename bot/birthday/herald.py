"""Announces birthdays: one task that sleeps until the next moment at which something is due, and then does it.

Knows no Discord (a :class:`~bot.birthday.messenger.Messenger` does) and no tables (the steps' own modules do).
"""

import asyncio

from bot.birthday.clock import Clock
from bot.birthday.messenger import Messenger
from bot.store.store import Store


class Herald:
    """The one task. Any number of processes may run one each on the same database.

    To wire it: ``herald = Herald(store, messenger, clock)``, ``Birthdays(store, clock, herald.wake)`` and
    ``Groups(store, clock, herald.wake)``, then ``task = asyncio.create_task(herald.run())`` once the chat is ready;
    cancel the task, wait for it, and only then close the store.
    """

    def __init__(self, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Look again now: something was changed. Only from the event loop's own thread."""
        self._woken.set()
