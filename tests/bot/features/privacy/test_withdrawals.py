"""Consent withdrawn on Discord, through the real client, until the next training leaves the person out."""

import asyncio
import json
import logging
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.features.privacy.feature import PrivacyFeature
from bot.features.privacy.withdrawals import WithdrawalRepository, write_withdrawals
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.patience import PATIENCE
from training.text.cli import app

NAMES = ("윤혜", "정훈", "다빈")


def export(folder: Path) -> Path:
    rows = [f'2025-03-01 12:00:{at:02},"{NAMES[at % 3]}","벌써 {at}번째야 정훈아"' for at in range(60)]
    path = folder / "chat.csv"
    path.write_text("\n".join(["Date,User,Message", *rows]), encoding="utf-8")
    return path


def read(*arguments: str) -> dict[str, Any]:
    """Return what the next training would be of."""
    result = CliRunner().invoke(app, ["text", *arguments, "--dry-run", "--json"])
    assert result.exit_code == 0, result.output
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def everyone_agreed(chat: Path, people: Path, member: str, account: str) -> None:
    """Write the list of people, with the account of one of them."""
    CliRunner().invoke(app, ["people", str(chat), "--out", str(people)])
    text = people.read_text(encoding="utf-8").replace('"unknown"', '"yes"')
    tied = text.replace(f'name = "{member}"', f'name = "{member}"\ndiscord = "{account}"')
    people.write_text(tied, encoding="utf-8")


async def test_who_withdraws_on_discord_is_left_out_of_the_next_training(
    play: Callable[..., Any], bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file, people, chat = Path("data/withdrawals.tsv"), Path("people.toml"), export(tmp_path)
    training = (str(chat), "--people", str(people))
    store = await Store.open(address(None, Path("data")))
    async with Playground() as playground, play(playground, bundle, store=store, withdrawals=file):
        everyone_agreed(chat, people, "정훈", playground.world.person_called("정훈")["id"])
        asked = await playground.command("/privacy forget", member="정훈", locale="en-US")
        assert read(*training)["left_out"] == 0, "asking withdraws nothing"
        await playground.press(asked, "Delete everything", member="정훈", locale="en-US")
        found = read(*training)
    assert (found["kept"], found["left_out_why"]) == (40, {"withdrew": 20})
    assert found["dropped"] == {"names": 40}
    await store.close()


async def test_who_withdrew_is_written_down_again_at_every_start(
    play: Callable[..., Any], bundle: Path, tmp_path: Path
) -> None:
    store, file = await Store.open(address(None, tmp_path)), tmp_path / "withdrawals.tsv"
    await WithdrawalRepository(store).add(4000000000000000001, datetime(2026, 3, 1, tzinfo=UTC))
    async with Playground() as playground, play(playground, bundle, store=store, withdrawals=file):
        async with asyncio.timeout(10):
            while "4000000000000000001\t2026-03-01" not in _content(file):  # noqa: ASYNC110 - a file says nothing
                await asyncio.sleep(0.01)
    await store.close()


def _content(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


async def test_where_the_list_cannot_be_written_the_member_is_forgotten_and_the_owner_told(
    play: Callable[..., Any], bundle: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = await Store.open(address(None, tmp_path))
    with caplog.at_level(logging.ERROR):
        async with Playground() as playground, play(playground, bundle, store=store, withdrawals=tmp_path / "a" / "b"):
            asked = await playground.command("/privacy forget", locale="en-US")
            told = await playground.press(asked, "Delete everything", locale="en-US")
    assert "It is all deleted" in told.content
    assert "before a training, write into it what python -m bot withdrawals prints" in caplog.text
    await store.close()


async def test_of_two_who_withdraw_at_the_same_moment_both_are_on_the_list(
    play: Callable[..., Any], bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, file = await Store.open(address(None, tmp_path)), tmp_path / "list.tsv"
    begun, door = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def write(withdrawals: Mapping[int, datetime | None], path: Path) -> None:
        if len(withdrawals) == 1:
            loop.call_soon_threadsafe(begun.set)
            door.wait(PATIENCE)
        write_withdrawals(withdrawals, path)

    async with Playground() as playground, play(playground, bundle, store=store, withdrawals=file) as stage:
        monkeypatch.setattr("bot.features.privacy.feature.write_withdrawals", write)
        (privacy,) = [feature for feature in stage.client.features if isinstance(feature, PrivacyFeature)]
        first = asyncio.create_task(privacy.forget_user(101))
        await begun.wait()
        second = asyncio.create_task(privacy.forget_user(102))
        await asyncio.wait({second}, timeout=0.5)
        door.set()
        await asyncio.gather(first, second)
    assert [line.split("\t")[0] for line in _content(file).splitlines()] == ["101", "102"]
    await store.close()
