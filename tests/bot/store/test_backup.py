"""Backups: made and restored while the store is in use, from either kind of database and every schema there was."""

import asyncio
import json
import os
import re
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Solar
from bot.features.birthday.model import DigestRhythm
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.celebrants import CelebrantRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.occurrences import OccurrenceRepository
from bot.features.birthday.storage.validation import is_readable
from bot.store.address import address
from bot.store.backup import Restored, backup, load, restore
from bot.store.errors import StoreBusy, StoreError
from bot.store.migration import migrate, newest
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
    await GuildSettingsRepository(store, clock).change(GUILD, **SETTINGS)
    await BirthdayRepository(store, clock).set_many(GUILD, MEMBERS)
    await OccurrenceRepository(store).note_presence(GUILD, frozenset(), frozenset([3]), clock.now())
    moment = datetime(2026, 3, 5, 12, 30, 0, 123456, tzinfo=UTC)
    async with store.writing() as connection:
        row = {"nonce": MESSAGE, "guild_id": GUILD, "channel_id": 7, "day": date(2026, 3, 5), "anchor": 5}
        row |= {"claimed_at": moment, "held_until": moment, "attempts": 1, "message_id": 6, "sent_at": moment}
        await connection.execute(tables.outbox.insert().values(row))
    await CelebrantRepository(store).join(MESSAGE, 2)


async def look(store: Store) -> tuple[object, ...]:
    """Return what the bot makes of what is stored."""
    clock = SystemClock()
    group = await GuildSettingsRepository(store, clock).get(GUILD)
    members = [await BirthdayRepository(store, clock).get(GUILD, user) for user in MEMBERS]
    kept = [(member.name, member.birthday, member.left_at is None) for member in members if member]
    settings = {name: getattr(group, name) for name in SETTINGS}
    return settings, kept, await CelebrantRepository(store).count(MESSAGE)


EXPECTED = (SETTINGS, [(*MEMBERS[1], True), (*MEMBERS[2], True), (*MEMBERS[3], False)], 1)


@pytest.fixture
async def store(database_url: str) -> Any:
    opened = await Store.open(address(database_url, Path()))
    yield opened
    await opened.close()


async def test_a_backup_brings_everything_back(store: Store, tmp_path: Path) -> None:
    await furnish(store)
    rows = await backup(store, tmp_path / "backup")
    await BirthdayRepository(store, SystemClock()).remove(GUILD, 1)
    await GuildSettingsRepository(store, SystemClock()).change(5, channel_id=1)
    assert await restore(store, tmp_path / "backup") == Restored(rows)
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
    await BirthdayRepository(file, SystemClock()).remove(GUILD, 1)
    await restore(file, tmp_path / "back")
    assert await look(file) == EXPECTED
    await file.close()


async def test_a_backup_during_writing_holds_one_state(store: Store, tmp_path: Path) -> None:
    birthdays, writing = BirthdayRepository(store, SystemClock()), True

    async def write() -> None:
        number = 0
        while writing:
            number += 1
            with suppress(StoreBusy):  # while a slow machine restores
                await birthdays.set_many(number, {user: ("둘은 함께", Birthday(Solar(1, 1))) for user in (1, 2)})

    task = asyncio.create_task(write())
    for _ in range(5):
        await asyncio.sleep(0.05)
        await backup(store, tmp_path / "backup")
        lines = [json.loads(line) for line in (tmp_path / "backup").read_text().splitlines()]
        assert sum(line.get("table") == "birthdays" for line in lines) % 2 == 0
        assert (await restore(store, tmp_path / "backup")).rows == lines[-1]["rows"]
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


GROUP = {"guild_id": 1, "channel_id": None, "at": "09:00:00", "zone": "Asia/Seoul", "role_id": None, "late_days": 3}
GROUP |= {"digest": "off", "digest_from": None, "ages": "international", "face": True, "language": "ko"}
MEMBER = {"guild_id": 1, "user_id": 2, "name": "가온", "rule": "solar-03-05", "year": 1999, "hidden": False}
MEMBER |= {"since": "2026-01-01", "left_at": None, "checked_at": "2026-01-01T00:00:00+00:00"}
NEST = "[" * 100_000


def lines_of(*rows: object, schema: object = newest(), head: str = "") -> str:
    """Return a backup of ``rows``: pairs of a table and a row, or lines as they shall stand."""
    begin = head or json.dumps({"format": "dantok backup", "schema": schema})
    written = [json.dumps({"table": row[0], "row": row[1]}) if isinstance(row, tuple) else str(row) for row in rows]
    return "\n".join([begin, *written, json.dumps({"rows": len(rows)})]) + "\n"


def group(**changes: object) -> tuple[str, object]:
    return "birthday_groups", GROUP | changes


def member(**changes: object) -> tuple[str, object]:
    return "birthdays", MEMBER | changes


DAMAGED = {
    "a column nobody knows": lines_of(group(evil=1)),
    "a column less": lines_of(("birthday_groups", {"guild_id": 1})),
    "a word for a number": lines_of(group(guild_id="1")),
    "a truth for a number": lines_of(group(late_days=True)),
    "a number for a truth": lines_of(group(face=1)),
    "a fraction": lines_of(group(guild_id=1.5)),
    "a number too large": lines_of(group(guild_id=2**63)),
    "a list for a text": lines_of(group(zone=["Asia/Seoul"])),
    "nothing where something must be": lines_of(group(zone=None)),
    "a text too long": lines_of(group(language="k" * 9)),
    "half an emoji": lines_of(group(), member(name="\ud83d")),
    "a text with NUL": lines_of(group(), member(name="a\0b")),
    "no date": lines_of(group(), member(since="2026-13-01")),
    "a date for a moment": lines_of(group(), member(checked_at="2026-01-01")),
    "a moment without a zone": lines_of(group(), member(checked_at="2026-01-01T00:00:00")),
    "a row that is a list": lines_of(("birthdays", [1, 2])),
    "a line that is a number": lines_of(5),
    "a line that is nothing": lines_of("null"),
    "a line without a table": lines_of('{"row": {}}'),
    "rows after the end": lines_of('{"rows": 0}', group()),
    "a broken reference": lines_of(member()),
    "a row twice": lines_of(group(), group()),
    "a zone nobody knows": lines_of(group(zone="Asia/Atlantis"), member()),
    "nested without end": lines_of(NEST),
    "a head nested without end": lines_of(head=NEST),
    "a head that is a list": lines_of(head="[1]"),
    "schema 0": lines_of(schema=0),
    "schema -1": lines_of(schema=-1),
    "schema true": lines_of(schema=True),
    "schema in words": lines_of(schema="1"),
    "no schema": lines_of(head='{"format": "dantok backup"}'),
    "a schema without end": lines_of(head='{"format": "dantok backup", "schema": Infinity}'),
}


@pytest.mark.parametrize("name", DAMAGED)
async def test_a_damaged_backup_is_one_sentence_and_changes_nothing(name: str, store: Store, tmp_path: Path) -> None:
    await furnish(store)
    (tmp_path / "backup").write_text(DAMAGED[name])
    with pytest.raises(StoreError, match="backup") as refused:
        await restore(store, tmp_path / "backup", is_readable)
    assert str(refused.value).count(". ") == 0
    assert "가온" not in str(refused.value)
    assert await look(store) == EXPECTED


@pytest.mark.parametrize("data", [b"\xff\xfe\0", "생일".encode("cp949"), b"\0" * 100, b"SQLite format 3\0"])
async def test_a_file_that_is_no_text_is_no_backup(data: bytes, store: Store, tmp_path: Path) -> None:
    await furnish(store)
    (tmp_path / "backup").write_bytes(data)
    with pytest.raises(StoreError, match="no whole backup"):
        await restore(store, tmp_path / "backup")
    assert await look(store) == EXPECTED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
async def test_what_is_no_file_is_no_backup(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", tmp_path, Path("a\0b"), tmp_path / ("x" * 10_000)):
        with pytest.raises(StoreError):
            await restore(store, path)


UNREADABLE = [{"rule": "zzz"}, {"rule": "solar-13-01"}, {"rule": "lunar-05-99"}, {"year": 99_999_999}, {"year": 0}]


@pytest.mark.parametrize("change", UNREADABLE, ids=str)
@pytest.mark.parametrize("schema", [1, newest()])
async def test_a_birthday_that_cannot_be_read_is_left_out_and_named_by_its_number(
    change: dict[str, object], schema: int, store: Store, tmp_path: Path
) -> None:
    rows = (group(), member(), member(user_id=3, **change), member(user_id=4))
    (tmp_path / "backup").write_text(lines_of(*rows, schema=schema))
    assert await restore(store, tmp_path / "backup", is_readable) == Restored(3, ("row 2 of birthdays",))
    assert [kept.user_id for kept in await BirthdayRepository(store, SystemClock()).of_guild(1)] == [2, 4]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
async def test_nobody_else_may_read_a_backup(store: Store, tmp_path: Path) -> None:
    (tmp_path / "backup").touch(mode=0o644)
    await backup(store, tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600


async def test_a_backup_that_cannot_be_written_is_one_sentence(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        await backup(store, tmp_path / "no" / "such" / "folder")
