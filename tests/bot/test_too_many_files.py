"""Too many open files: members are told to try again, nothing ends, and when it is over all is well."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from discord.asset import Asset

from bot.groups.bundle_cache import BundleCache
from bot.inference.worker import Busy, Workers
from bot.photo_intake.download import fetched
from bot.store.address import address
from bot.store.backup import backup
from bot.store.errors import StoreBusy, StoreError
from bot.store.store import Store
from playground import Playground
from tests.bot.groups.conftest import write_group
from tests.bot.photo_intake.test_download import attachment, picture, served

BUSY = "Try again in a moment"


@contextmanager
def no_more_files() -> Iterator[None]:
    """Let this process open nothing more."""
    if sys.platform == "win32":
        pytest.skip("POSIX alone has such a limit")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
    try:
        with suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        yield
    finally:
        for each in taken:
            os.close(each)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(address(None, tmp_path / "data"))
    yield opened
    await opened.close()


async def test_answers_go_on_by_what_is_open_or_copied_and_in_the_end_all_is_well(
    play: Any, write_bundle: Any, tmp_path: Path, store: Store
) -> None:
    folder = write_bundle(tmp_path / "bundle", fills=True, scenes=True)
    async with Playground() as playground, play(playground, folder, store=store, copied_to=tmp_path / "data"):

        async def said(text: str) -> str:
            return str((await playground.command(text, locale="en-US")).content)

        asked = ("/say word:오늘", "/fill line:오늘 ___", "/scene word:오늘", "/birthday list")
        assert BUSY not in await said(asked[0])
        with no_more_files():
            answers = [await said(text) for text in asked]
        assert [BUSY in answer for answer in answers[:3]] == [False] * 3
        assert not any("this number" in answer for answer in answers)
        for text in asked:
            assert BUSY not in await said(text)


async def test_who_needs_what_cannot_be_opened_is_told_to_try_again(
    play: Any, write_bundle: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_bundle(tmp_path / "bundle", seed=99, fills=True)  # of which nothing is open yet
    async with Playground() as playground, play(playground, folder):
        await playground.command("/say word:오늘")
        with no_more_files():
            answer = await playground.command("/fill line:오늘 ___", locale="en-US")
        assert BUSY in answer.content
        assert "Too many files are open" in caplog.text
        assert "🎲" in (await playground.command("/fill line:오늘 ___")).content


async def test_a_groups_bundle_that_could_not_be_opened_then_serves_afterwards(tmp_path: Path) -> None:
    write_group(tmp_path / "all" / "1", "apple")
    workers = Workers.of(8)
    cache = BundleCache(tmp_path / "all", tmp_path / "none", workers)
    with no_more_files(), pytest.raises(Busy):
        await cache.get(1)
    assert (await cache.get(1)).models.speaker.say("1", 2).text
    workers.close()


async def test_a_photo_that_cannot_be_fetched_then_is_not_told_to_be_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(picture) as (url, _):
        monkeypatch.setattr(Asset, "BASE", url)
        with no_more_files(), pytest.raises(Busy):
            await fetched(attachment(f"{url}/p.png"))
        assert await fetched(attachment(f"{url}/p.png")) == b"a picture"


async def test_the_database_and_a_backup_are_tried_again(tmp_path: Path, store: Store) -> None:
    async with store.reading():  # the one connection that is open is taken
        with no_more_files():
            with pytest.raises(StoreBusy):
                async with store.reading():
                    pass
            with pytest.raises(StoreBusy):
                async with store.writing():
                    pass
            with pytest.raises(StoreError, match="Too many open files"):
                await backup(store, tmp_path / "backup.jsonl")
    async with store.writing():
        pass
    assert await backup(store, tmp_path / "backup.jsonl") >= 0
