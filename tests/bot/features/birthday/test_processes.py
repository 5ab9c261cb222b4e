"""Two processes on one database, left alone and killed: every wish once, though the chat would take it twice."""

import asyncio
import json
import random
import subprocess
import sys
import time as seconds
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import SystemClock
from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.reminders import ReminderRepository
from bot.store.address import address
from bot.store.store import Store
from tests.patience import PATIENCE

PROGRAM = Path(__file__).parent / "file_chat.py"
USERS = (1, 2, 3)
NEXT, PRIVATE = 4, 10_000
"""Whose birthday is in two days, and beyond which number channels are private ones, by the user's id."""


async def everybody_is_due(url: str, groups: int) -> None:
    """Make groups in which three members' birthday is today, since midnight."""
    store = await Store.open(address(url, Path()))
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Seoul")).date()
    members = {user: (f"멤버{user}", Birthday(Solar(today.month, today.day))) for user in USERS}
    for guild in range(1, groups + 1):
        await GuildSettingsRepository(store, SystemClock()).change(guild, channel_id=guild, at=time(0))
        await BirthdayRepository(store, SystemClock()).set_many(guild, members)
    await store.close()


async def some_want_reminders(url: str, groups: int) -> None:
    """Let all three in some groups want to be reminded of a fourth, whose birthday is in two days."""
    store = await Store.open(address(url, Path()))
    near = datetime.now(UTC).astimezone(ZoneInfo("Asia/Seoul")).date() + timedelta(days=2)
    for guild in range(1, groups + 1):
        await GuildSettingsRepository(store, SystemClock()).change(guild, reminder_days=3)
        await BirthdayRepository(store, SystemClock()).set(guild, NEXT, "넷째", Birthday(Solar(near.month, near.day)))
        for user in USERS:
            await ReminderRepository(store).subscribe(guild, user, "ko")
    await store.close()


@contextmanager
def processes(url: str, chat: Path, speed: float) -> Iterator[Callable[[int], None]]:
    """Run two, and yield what kills one of them and starts it again."""
    start = str(seconds.time())
    command = [sys.executable, str(PROGRAM), url, str(chat), start, str(speed)]
    running = [subprocess.Popen(command) for _ in range(2)]

    def replace(number: int) -> None:
        running[number].kill()
        running[number].wait()
        running[number] = subprocess.Popen(command)

    try:
        yield replace
    finally:
        for process in running:
            process.kill()
            process.wait()


def sent(chat: Path) -> Counter[int]:
    """Return how often each group was congratulated."""
    return Counter(line["channel"] for line in lines(chat) if line["channel"] < PRIVATE)


def reminded(chat: Path) -> Counter[tuple[int, int]]:
    """Return how often each was reminded of each group's next birthday."""
    return Counter((line["guild"], line["channel"] - PRIVATE) for line in lines(chat) if line["users"] == [NEXT])


def lines(chat: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in chat.read_text().splitlines()]


async def until_all_are_sent(chat: Path, groups: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(sent(chat)) < groups:  # noqa: ASYNC110 - the other processes tell nobody
            await asyncio.sleep(0.1)
    # Long enough for a second one to show.
    await asyncio.sleep(1)


async def test_two_processes_share_the_work_and_never_double_it(database_url: str, tmp_path: Path) -> None:
    groups, chat = 150, tmp_path / "chat"  # fewer are sent before the second process has begun
    chat.touch()
    await everybody_is_due(database_url, groups)
    with processes(database_url, chat, speed=1):
        await until_all_are_sent(chat, groups)
    assert [each for each, times in sent(chat).items() if times > 1] == []
    assert all(tuple(line["users"]) == USERS for line in lines(chat))
    assert len({line["by"] for line in lines(chat)}) == 2


async def test_killed_at_any_moment_they_lose_nothing_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    groups, chat, chance = 40, tmp_path / "chat", random.Random(4)
    chat.touch()
    await everybody_is_due(database_url, groups)
    await some_want_reminders(database_url, groups=8)
    with processes(database_url, chat, speed=6) as replace:
        for number in range(4):
            await asyncio.sleep(1 + chance.random())
            replace(number % 2)
        async with asyncio.timeout(PATIENCE):
            while len(reminded(chat)) < 8 * len(USERS):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.1)
        await until_all_are_sent(chat, groups)
    assert [each for each, times in sent(chat).items() if times > 1] == []
    assert reminded(chat) == {(guild, user): 1 for guild in range(1, 9) for user in USERS}
