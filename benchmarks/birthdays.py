"""The day's plan for 100,000 birthdays in 1,000 groups: how long it takes, and what memory it needs."""

import asyncio
import random
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.figure import Figure, at_most
from bot.features.birthday.calendar.rule_text import every_rule
from bot.features.birthday.calendar.rules import Birthday
from bot.features.birthday.delivery.agenda import read_agenda
from bot.features.birthday.storage import planning, tables
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.address import address
from bot.store.store import Store

GROUPS, MEMBERS, DAYS = 1_000, 100, 8
ZONES = ("Asia/Seoul", "Europe/Berlin", "America/New_York")


class Standing:
    """A clock that shows one moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    async def sleep_until(self, moment: datetime) -> None:
        self.moment = moment


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        seconds, peak, planned, agenda = asyncio.run(_measured(Path(folder)))
    people = f"{GROUPS * MEMBERS:,} birthdays in {GROUPS:,} groups"
    note = f"{planned:,} occurrences in {DAYS} days"
    yield Figure(f"the day's plan, {people}, the slowest of {DAYS} days", seconds, "s", "< 1", at_most(1), note)
    yield Figure(f"memory for it, {people}", peak / 2**20, "MB", "< 50", at_most(50))
    yield Figure(f"a look at what is due, {people}", agenda * 1e3, "ms")


async def _measured(folder: Path) -> tuple[float, int, int, float]:
    """Return the seconds and bytes of the costliest day, the occurrences planned, and the seconds of a look."""
    clock = Standing(datetime(2027, 3, 1, tzinfo=UTC))
    store = await Store.open(address(None, folder))
    await _fill(store, clock)
    async with store.writing() as connection:
        await planning.plan_ahead(connection, clock.now())
    days = [await _day(store, clock, trace=day % 2 == 1) for day in range(DAYS)]
    began = time.perf_counter()
    await read_agenda(store, clock.now() - timedelta(days=DAYS))
    agenda = time.perf_counter() - began
    async with store.reading() as connection:
        planned = await connection.scalar(select(func.count()).select_from(tables.occurrences)) or 0
    await store.close()
    return max(seconds for seconds, _ in days), max(peak for _, peak in days), planned, agenda


async def _day(store: Store, clock: Standing, *, trace: bool) -> tuple[float, int]:
    """Return the seconds of the next day's plan, or with ``trace``, which slows it, its bytes."""
    clock.moment += timedelta(days=1)
    if trace:
        tracemalloc.start()
    began = time.perf_counter()
    async with store.writing() as connection:
        await planning.plan_ahead(connection, clock.now())
    seconds = time.perf_counter() - began
    if not trace:
        return seconds, 0
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return 0.0, peak


async def _fill(store: Store, clock: Standing) -> None:
    chance, rules = random.Random(7), every_rule()
    groups, birthdays = GuildSettingsRepository(store, clock), BirthdayRepository(store, clock)
    for guild in range(1, GROUPS + 1):
        await groups.change(guild, channel_id=guild, zone=chance.choice(ZONES))
        await birthdays.set_many(
            guild, {user: (f"멤버{user}", Birthday(chance.choice(rules))) for user in range(1, MEMBERS + 1)}
        )
