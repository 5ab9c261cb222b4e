"""A bundle that is dropped into the folder serves between two requests, if it is whole; else the old one goes on."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.client.bundle_watch import watch_bundles
from bot.groups.served_bundle import ServedBundle
from playground import Playground
from tests.patience import PATIENCE

ASK = "/say word:오늘 n:20 temperature:0"
EVERY = 0.05


@asynccontextmanager
async def _watched(play: Any, folder: Path, **more: Any) -> AsyncIterator[Any]:
    async with Playground() as playground, play(playground, folder, **more) as stage:
        task = asyncio.create_task(watch_bundles(stage.client, EVERY))
        try:
            yield stage
        finally:
            task.cancel()


async def _said(stage: Any) -> str:
    return str((await stage.playground.command(ASK)).content.splitlines()[0])


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - a log is what is waited for
            await asyncio.sleep(0.01)


def _drop(new: Path, folder: Path) -> None:
    for file in new.iterdir():
        shutil.copy(file, folder)


async def test_under_load_each_answer_is_one_bundles_and_none_is_lost(
    play: Any, write_bundle: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    news = [write_bundle(tmp_path / f"new{seed}", seed=seed) for seed in (2, 3)]
    folder = write_bundle(tmp_path / "bundle", seed=1)
    async with _watched(play, folder) as stage:
        answers = {await _said(stage)}
        running = True

        async def ask() -> None:
            while running:
                answers.add(await _said(stage))

        load = [asyncio.create_task(ask()) for _ in range(4)]
        for count, new in enumerate(news, 1):
            _drop(new, folder)
            await _until(lambda count=count: caplog.text.count("A new bundle serves now") == count)
            answers.add(await _said(stage))
        running = False
        await asyncio.gather(*load)
    assert len(answers) == 3
    assert "ERROR" not in caplog.text


def _half(new: Path, folder: Path) -> None:
    data = (new / "text.onnx").read_bytes()
    (folder / "text.onnx").write_bytes(data[: len(data) // 2])


def _mixed(new: Path, folder: Path) -> None:
    shutil.copy(new / "manifest.json", folder)


def _missing(new: Path, folder: Path) -> None:
    _drop(new, folder)
    (folder / "tokenizer.json").unlink()


def _gone(new: Path, folder: Path) -> None:
    del new
    shutil.rmtree(folder)


@pytest.mark.parametrize("break_it", [_half, _mixed, _missing, _gone])
async def test_whatever_is_not_whole_is_one_sentence_the_old_one_goes_on_and_the_rest_is_waited_for(
    play: Any,
    write_bundle: Any,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    break_it: Callable[[Path, Path], None],
) -> None:
    caplog.set_level("INFO", "bot")
    new, folder = write_bundle(tmp_path / "new", seed=2), write_bundle(tmp_path / "bundle", seed=1)
    async with _watched(play, folder) as stage:
        old = await _said(stage)
        break_it(new, folder)
        await _until(lambda: "The old bundle goes on serving: " in caplog.text)
        assert await _said(stage) == old
        await asyncio.sleep(5 * EVERY)
        (sentence,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
        assert "\n" not in sentence
        folder.mkdir(exist_ok=True)
        _drop(new, folder)
        await _until(lambda: "A new bundle serves now" in caplog.text)
        assert await _said(stage) != old


@pytest.mark.parametrize("break_it", [_half, _mixed, _missing, _gone])
async def test_what_nobody_had_used_before_answers_although_the_folder_was_broken_since(
    play: Any, write_bundle: Any, tmp_path: Path, break_it: Callable[[Path, Path], None]
) -> None:
    new = write_bundle(tmp_path / "new", seed=2, fills=True, scenes=True)
    folder = write_bundle(tmp_path / "bundle", seed=1, fills=True, scenes=True)
    async with _watched(play, folder, copied_to=tmp_path / "data") as stage:
        break_it(new, folder)
        for name in ("fill.onnx", "scene.onnx"):
            if (folder / name).exists():
                (folder / name).write_bytes(b"half")
        filled = await stage.playground.command("/fill line:오늘 ___ seed:1")
        scene = await stage.playground.command("/scene word:오늘 seed:1")
    assert "오늘" in filled.content
    assert "🎲 1" in scene.content


async def test_where_there_is_no_room_for_copies_it_serves_and_the_owner_is_told(
    write_bundle: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    served = ServedBundle.open(folder, "cpu", tmp_path / "data")
    assert served.models.speaker.say("오늘", 2, seed=1).text
    assert "is not copied (File exists)" in caplog.text


async def test_the_same_bundle_once_more_changes_nothing(
    play: Any, write_bundle: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    folder = write_bundle(tmp_path / "bundle", seed=1)
    async with _watched(play, folder) as stage:
        models = stage.client.models
        _drop(write_bundle(tmp_path / "same", seed=1), folder)
        await _until(lambda: "is the one that serves" in caplog.text)
        assert stage.client.models is models
