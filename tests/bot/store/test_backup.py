"""Backups: made and restored while the store is in use, from either kind of database and every schema there was."""

import asyncio
import json
import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.birthday.dates.rules import LeapDay, Lunar, Solar
from bot.birthday.dates.typed import Birthday
from bot.birthday.kept import tables
from bot.birthday.kept.birthdays import Birthdays
from bot.birthday.kept.clock import SystemClock
from bot.birthday.kept.joiners import Joiners
from bot.birthday.kept.settings import DigestRhythm, Groups
from bot.store.address import address
from bot.store.backup import backup, load, restore
from bot.store.errors import StoreError
from bot.store.migrating import migrate, newest
from bot.store.store import Store, connect

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.jsonl"))
"""A backup that each schema's version made of the room below: the next migration adds its own, and changes none."""

GUILD, MESSAGE = 100, "0123456789abcdef"
MEMBERS = {
    1: ("윤혜", Birthday(Solar(3, 5), 2000)),
    2: ("다빈", Birthday(Lunar(6, 15, True), 1987, hidden=True)),
    3: ("=cmd()\n\"'", Birthday(Solar(2, 29, LeapDay.MAR_1))),
}
SETTINGS: dict[str, Any] = {
    "channel_id": 2**63 - 1,
    "at": time(7, 30),
    "zone": "America/New_York",
    "digest": DigestRhythm.WEEKLY,
    "templates": ("{이름:아/야} 축하해 🎂", "둘째"),
}


async def furnish(store: Store) -> None:
    """Put something into every table that a user fills."""
    clock = SystemClock()
    await Groups(store, clock).change(GUILD, **SETTINGS)
    await Birthdays(store, clock).set_many(GUILD, MEMBERS)
    await Birthdays(store, clock).went(GUILD, 3)
    moment = datetime(2026, 3, 5, 12, 30, 0, 123456, tzinfo=UTC)
    async with store.writing() as connection:
        row = {"nonce": MESSAGE, "guild_id": GUILD, "channel_id": 7, "day": date(2026, 3, 5), "anchor": 5}
        row |= {"claimed_at": moment, "held_until": moment, "attempts": 1, "message_id": 6, "sent_at": moment}
        await connection.execute(tables.messages.insert().values(row))
    await Joiners(store).join(MESSAGE, 2)


async def look(store: Store) -> tuple[object, ...]:
    """Return what the bot makes of what is stored."""
    clock = SystemClock()
    group = await Groups(store, clock).get(GUILD)
    members = [await Birthdays(store, clock).get(GUILD, user) for user in MEMBERS]
    kept = [(member.name, member.birthday, member.left_at is None) for member in members if member]
    settings = {name: getattr(group, name) for name in SETTINGS}
    return settings, kept, await Joiners(store).count(MESSAGE)


EXPECTED = (SETTINGS, [(*MEMBERS[1], True), (*MEMBERS[2], True), (*MEMBERS[3], False)], 1)


@pytest.fixture
async def store(database_url: str) -> Any:
    opened = await Store.open(address(database_url, Path()))
    yield opened
    await opened.close()


async def test_a_backup_brings_everything_back(store: Store, tmp_path: Path) -> None:
    await furnish(store)
    rows = await backup(store, tmp_path / "backup")
    await Groups(store, SystemClock()).forget(GUILD)
    await Groups(store, SystemClock()).change(5, channel_id=1)
    assert await restore(store, tmp_path / "backup") == rows
    assert await look(store) == EXPECTED
    again = tmp_path / "again"
    await backup(store, again)
    assert sorted(again.read_text().splitlines()) == sorted((tmp_path / "backup").read_text().splitlines())


async def test_a_backup_of_one_kind_of_database_restores_to_the_other(store: Store, tmp_path: Path) -> None:
    file = await Store.open(address(None, tmp_path))
    await furnish(file)
    await backup(file, tmp_path / "backup")
    await restore(store, tmp_path / "backup")
    assert await look(store) == EXPECTED
    await backup(store, tmp_path / "back")
    await Groups(file, SystemClock()).forget(GUILD)
    await restore(file, tmp_path / "back")
    assert await look(file) == EXPECTED
    await file.close()


async def test_a_backup_during_writing_holds_one_state(store: Store, tmp_path: Path) -> None:
    birthdays, writing = Birthdays(store, SystemClock()), True

    async def write() -> None:
        number = 0
        while writing:
            number += 1
            await birthdays.set_many(number, {user: ("둘은 함께", Birthday(Solar(1, 1))) for user in (1, 2)})

    task = asyncio.create_task(write())
    for _ in range(5):
        await asyncio.sleep(0.05)
        await backup(store, tmp_path / "backup")
        lines = [json.loads(line) for line in (tmp_path / "backup").read_text().splitlines()]
        assert sum(line.get("table") == "birthdays" for line in lines) % 2 == 0
        assert await restore(store, tmp_path / "backup") == lines[-1]["rows"]
    writing = False
    await task


@pytest.mark.parametrize("sample", SCHEMAS, ids=lambda path: path.stem)
async def test_every_earlier_schema_goes_up_with_its_data(sample: Path, database_url: str) -> None:
    url, number = address(database_url, Path()), int(sample.stem)
    engine = connect(url)
    async with engine.begin() as connection:
        await migrate(connection, number)
        await load(connection, sample)
    await engine.dispose()
    store = await Store.open(url)
    assert await look(store) == EXPECTED
    await store.close()


@pytest.mark.parametrize("sample", SCHEMAS, ids=lambda path: path.stem)
async def test_a_backup_of_every_earlier_schema_restores(sample: Path, store: Store) -> None:
    await restore(store, sample)
    assert await look(store) == EXPECTED


def test_there_is_a_sample_of_every_schema() -> None:
    assert [int(sample.stem) for sample in SCHEMAS] == list(range(1, newest() + 1))


@pytest.mark.parametrize("damage", ["empty", "cut", "torn", "letter", "newer", "absent", "unknown"])
async def test_what_is_no_whole_backup_changes_nothing(damage: str, store: Store, tmp_path: Path) -> None:
    await furnish(store)
    file = tmp_path / "backup"
    await backup(store, file)
    text = file.read_text()
    broken = {
        "empty": "",
        "cut": "\n".join(text.splitlines()[:-1]),
        "torn": text[: len(text) // 2],
        "letter": "Dear Dantok,\n",
        "newer": text.replace(f'"schema": {newest()}', '"schema": 42', 1),
        "unknown": re.sub('"birthday_joiners"', '"strangers"', text),
    }
    file.unlink() if damage == "absent" else file.write_text(broken[damage])
    with pytest.raises(StoreError, match="42" if damage == "newer" else "backup"):
        await restore(store, file)
    assert await look(store) == EXPECTED


async def test_a_backup_that_cannot_be_written_is_one_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        await backup(store, tmp_path / "no" / "such" / "folder")
