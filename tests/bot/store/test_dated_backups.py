"""Backups by themselves: one a day and one before each change; the oldest go, and nothing goes for one that failed."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.store.address import address
from bot.store.backup import load, restore
from bot.store.dated_backups import DatedBackups, keep_backing_up
from bot.store.errors import StoreError
from bot.store.migration import migrate
from bot.store.store import Store, connect
from playground.world.clock import AdjustableClock
from tests.patience import PATIENCE

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD = Path(__file__).parent / "schemas" / "0001.jsonl"


@asynccontextmanager
async def _kept(folder: Path) -> AsyncIterator[Store]:
    """Yield a store with one birthday in it."""
    store = await Store.open(address(None, folder / "data"))
    await BirthdayRepository(store, AdjustableClock(NOON)).set(1, 2, "윤혜", Birthday(Solar(3, 5)))
    try:
        yield store
    finally:
        await store.close()


def _days(folder: Path) -> list[date]:
    return [file.day for file in DatedBackups(folder).files() if not file.before]


def _touch(folder: Path, *names: str) -> None:
    folder.mkdir()
    for name in names:
        (folder / name).touch()


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - a file is what is waited for
            await asyncio.sleep(0.01)


async def test_a_backup_is_made_each_day_and_is_only_the_owners(tmp_path: Path) -> None:
    clock, folder = AdjustableClock(NOON), tmp_path / "backups"
    async with _kept(tmp_path) as store:
        task = asyncio.create_task(keep_backing_up(DatedBackups(folder), store, clock))
        for ahead in range(3):
            clock.turn(NOON + ahead * DAY)
            await _until(lambda ahead=ahead: len(_days(folder)) > ahead)
        task.cancel()
    assert _days(folder) == [(NOON + ahead * DAY).astimezone().date() for ahead in range(3)]
    if os.name == "posix":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {file.path.stat().st_mode & 0o777 for file in DatedBackups(folder).files()} == {0o600}


async def test_seven_days_and_four_weeks_are_kept(tmp_path: Path) -> None:
    backups = DatedBackups(tmp_path / "backups", daily=7, weekly=4)
    _touch(backups.folder, *(f"dantok-{NOON + ahead * DAY:%Y-%m-%d}.jsonl" for ahead in range(37)))
    async with _kept(tmp_path) as store:
        assert await backups.of_day(store, NOON + 37 * DAY)
    last = (NOON + 37 * DAY).astimezone().date()
    assert last.isoweekday() == 6
    week = [last - ahead * DAY for ahead in range(7)]
    # This week's newest so far, and the Sundays of the three weeks before it.
    sundays = [last - DAY * 6 - timedelta(weeks=ahead) for ahead in range(3)]
    assert _days(backups.folder) == sorted({*week, *sundays})


async def test_what_a_clock_that_ran_ahead_left_is_not_taken_for_the_newest(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    _touch(folder, "dantok-2027-11-26.jsonl", "dantok-2026-11-25.jsonl")
    async with _kept(tmp_path) as store:
        assert await DatedBackups(folder).of_day(store, NOON)
    assert _days(folder) == [date(2026, 11, 25), date(2026, 11, 26)]
    assert DatedBackups(folder).newest().name == "dantok-2026-11-26.jsonl"


async def test_of_those_before_changes_ten_are_kept_until_they_are_old(
    tmp_path: Path,
) -> None:
    backups = DatedBackups(tmp_path / "backups", daily=7, weekly=0)
    names = [
        "dantok-2026-11-20.jsonl",
        *(f"dantok-2026-11-21-12000{second}-before-bundle.jsonl" for second in range(10)),
    ]
    _touch(backups.folder, "dantok-2026-11-18-120000-before-schema.jsonl", *names)
    async with _kept(tmp_path) as store:
        written = await backups.before("bundle", store, NOON)
    assert [file.path.name for file in backups.files()] == [names[0], *names[2:], written.name]
    assert backups.newest() == written


async def test_other_files_in_the_folder_stay_and_what_a_killed_process_left_goes(tmp_path: Path) -> None:
    backups = DatedBackups(tmp_path / "backups", daily=1, weekly=0)
    mine, left = "dantok-2020-99-99.jsonl", ".dantok-2020-01-01.jsonl.unfinished"
    _touch(backups.folder, mine, left)
    async with _kept(tmp_path) as store:
        await backups.of_day(store, NOON)
    assert {path.name for path in backups.folder.iterdir()} == {mine, backups.newest().name}


async def test_with_no_days_none_is_made_by_itself_but_before_changes(tmp_path: Path) -> None:
    backups = DatedBackups(tmp_path / "backups", daily=0)
    async with _kept(tmp_path) as store:
        assert not await backups.of_day(store, NOON)
        await backups.before("bundle", store, NOON)
    assert [bool(file.before) for file in backups.files()] == [True]


async def test_a_full_disk_is_said_loses_no_earlier_one_and_is_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, folder = AdjustableClock(NOON), tmp_path / "backups"
    backups = DatedBackups(folder, daily=1, weekly=0)
    async with _kept(tmp_path) as store:
        await backups.of_day(store, NOON - DAY)
        # The real file of a full device, in place of each that is written.
        real = Path.open
        monkeypatch.setattr(
            Path,
            "open",
            lambda path, *how, **more: real(Path("/dev/full") if path.suffix == ".unfinished" else path, *how, **more),
        )
        task = asyncio.create_task(keep_backing_up(backups, store, clock))
        await _until(lambda: "No space left" in caplog.text)
        assert _days(folder) == [(NOON - DAY).astimezone().date()]
        assert [path.name for path in folder.iterdir()] == [DatedBackups(folder).newest().name]
        monkeypatch.undo()
        clock.turn(NOON + timedelta(hours=1, minutes=1))
        await _until(lambda: _days(folder) == [NOON.astimezone().date()])
        task.cancel()


async def _older(folder: Path) -> None:
    """Make a database of the first schema."""
    engine = connect(address(None, folder))
    async with engine.begin() as connection:
        await migrate(connection, 1)
        await load(connection, OLD)
    await engine.dispose()


async def test_before_a_change_of_schema_the_old_database_is_saved_and_can_be_restored(tmp_path: Path) -> None:
    await _older(tmp_path / "data")
    backups = DatedBackups(tmp_path / "backups")
    url = address(None, tmp_path / "data")
    store = await Store.open(url, lambda old: backups.before("schema", old, NOON))
    members = await BirthdayRepository(store, AdjustableClock(NOON)).of_guild(100)
    assert members
    saved = backups.newest()
    assert '"schema": 1' in saved.read_text(encoding="utf-8").splitlines()[0]
    await BirthdayRepository(store, AdjustableClock(NOON)).remove(100, members[0].user_id)
    await restore(store, saved)
    assert await BirthdayRepository(store, AdjustableClock(NOON)).of_guild(100) == members
    await store.close()
    # Up to date now: nothing is saved again.
    await (await Store.open(url, lambda old: backups.before("schema", old, NOON + DAY))).close()
    assert backups.newest() == saved


async def test_where_the_old_database_cannot_be_saved_its_schema_stays(tmp_path: Path) -> None:
    await _older(tmp_path / "data")
    (tmp_path / "backups").touch()
    backups = DatedBackups(tmp_path / "backups")
    url = address(None, tmp_path / "data")
    with pytest.raises(StoreError, match="cannot be made"):
        await Store.open(url, lambda old: backups.before("schema", old, NOON))
    was: list[Store] = []

    async def note(old: Store) -> None:
        was.append(old)

    await (await Store.open(url, note)).close()
    assert was
