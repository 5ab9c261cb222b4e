"""Answers whose connection is lost, as the member sees them: sent again, once, and never called a failure when done."""

import asyncio
import copy
import io
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.store.address import address
from bot.store.store import Store
from playground import NoAnswer, Playground
from tests import faces_bundle
from tests.bot.conftest import Room

CALLBACK = "/interactions/*/callback"
WEBHOOK = "/webhooks/*"

_AFTER = [False, True]
"""Whether the connection is lost before or after Discord has done what it was asked for."""


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_PAUSES", "_LONG_PAUSES"):
        monkeypatch.setattr(f"bot.response_retry.{name}", (0.0, 0.0, 0.0))


@pytest.fixture(autouse=True)
def nothing_is_called_a_fault(caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    """Check after every test here that no fault of ours was logged: Discord's hiccups are none."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def _said(room: Room) -> list[Any]:
    return room.playground.messages()


@pytest.mark.parametrize("after", _AFTER)
async def test_a_lost_answer_is_sent_again_and_stands_there_once(room: Room, after: bool) -> None:
    before = len(_said(room))
    room.playground.faults.lose(CALLBACK, after=after)
    assert (await room("/say 오늘 5")).content.startswith("오늘")
    await asyncio.sleep(0.1)
    assert len(_said(room)) == before + 1


async def test_a_server_error_after_the_answer_was_taken_is_no_failure(room: Room) -> None:
    before = len(_said(room))
    room.playground.faults.error(CALLBACK, status=502, after=True)
    assert (await room("/say 오늘 5")).content.startswith("오늘")
    await asyncio.sleep(1.3)  # discord.py tries again after a second
    assert len(_said(room)) == before + 1


@pytest.mark.parametrize("after", _AFTER)
async def test_what_was_saved_is_told_as_saved(room: Room, after: bool) -> None:
    room.playground.faults.lose(CALLBACK, after=after, times=2)
    assert "3월 5일" in (await room("/birthday set 3/5")).content
    assert "3월 5일" in (await room("/birthday show")).content


@pytest.mark.parametrize("after", _AFTER)
async def test_a_press_and_a_form_arrive(room: Room, after: bool) -> None:
    said = await room("/say 오늘 5")
    room.playground.faults.lose(CALLBACK, after=after)
    assert (await room.playground.press(said, "🔁")).content.startswith("오늘")
    room.playground.faults.lose(CALLBACK, after=after)
    form = await room("/birthday template")
    assert form.modal
    room.playground.faults.lose(CALLBACK, after=after)
    shown = await room.playground.submit_modal(form, {"text": "{이름} 축하해"})
    assert shown.embeds
    room.playground.faults.lose(CALLBACK, after=after)
    assert (
        "{이름} 축하해"
        not in (await room.playground.press(shown, shown.components[0]["components"][0]["label"])).content
    )


@pytest.mark.parametrize("after", _AFTER)
@pytest.mark.parametrize("path", [CALLBACK, WEBHOOK])
async def test_a_file_arrives_whole(room: Room, path: str, after: bool) -> None:
    await room("/birthday set 3/5")
    whole = room.downloaded(await room("/birthday export"), "birthdays.csv")
    room.playground.faults.lose(path, after=after, times=2)
    assert room.downloaded(await room("/birthday export"), "birthdays.csv") == whole


@pytest.mark.parametrize("after", _AFTER)
async def test_a_picture_arrives_whole(tmp_path: Path, play: Callable[..., Any], after: bool) -> None:
    folder = faces_bundle.make(tmp_path / "faces")
    async with Playground() as playground, play(playground, folder):
        playground.faults.lose(CALLBACK, after=after)
        answer = await playground.command("/face smile seed:3")
        (_, data) = playground.world.attachments.get(answer.attachments[0]["id"]) or (None, b"")
        Image.open(io.BytesIO(data)).load()


@pytest.mark.parametrize(
    "fault",
    {
        "a server error before it": lambda faults: faults.error(WEBHOOK, status=502),
        "a server error after it": lambda faults: faults.error(WEBHOOK, status=500, after=True),
        "a storm of rate limits": lambda faults: faults.rate_limit(WEBHOOK, retry_after=0.02, times=4),
        "a rate limit of everything": lambda faults: faults.rate_limit(WEBHOOK, retry_after=0.02, everywhere=True),
    }.items(),
    ids=lambda fault: fault[0],
)
async def test_a_file_that_was_promised_arrives_whole_whatever_discord_says_in_between(
    fault: tuple[str, Callable[[Any], Any]], room: Room
) -> None:
    await room("/birthday set 3/5")
    whole = room.downloaded(await room("/birthday export"), "birthdays.csv")
    struck = fault[1](room.playground.faults)
    assert room.downloaded(await room("/birthday export"), "birthdays.csv") == whole
    assert struck.times == 0


async def test_what_was_done_is_not_called_a_failure_where_no_answer_gets_through(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    room.playground.faults.lose(CALLBACK, times=100)
    with pytest.raises(NoAnswer):
        await room("/birthday set 3/5")
    room.playground.faults.clear()
    assert "An answer could not be delivered: bot.response_retry.Undelivered" in caplog.text
    assert "3월 5일" in (await room("/birthday show")).content


async def test_an_answer_that_discord_does_not_take_is_not_called_a_failure_either(room: Room) -> None:
    room.playground.faults.error(CALLBACK, status=400)
    told = await room("/birthday set 3/5")
    assert told.ephemeral
    assert "답을 제대로 보내지 못했어요" in told.content
    assert "3월 5일" in (await room("/birthday show")).content


async def test_what_comes_too_late_is_a_warning(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], caplog: Any
) -> None:
    store = await Store.open(address(None, tmp_path))
    async with Playground(answer_within=0.3) as playground, play(playground, bundle, store=store):
        said = await playground.command("/say 오늘 5")
        playground.faults.slow(0.5, CALLBACK, times=3)
        for ask in (
            playground.command("/say 오늘 5"),
            playground.command("/birthday set 3/5"),
            playground.press(said, "🔁"),
        ):
            with pytest.raises(NoAnswer):
                await ask
        await asyncio.sleep(0.6)
    await store.close()
    assert caplog.text.count("An answer could not be delivered") == 3


async def test_a_replayed_request_is_answered_once(room: Room) -> None:
    said = await room("/say 오늘 5")
    await room.playground.press(said, "🔁")
    before = len(_said(room))
    interactions = room.playground._interactions
    for each in list(interactions._by_id.values()):
        room.playground.gateway.tell("INTERACTION_CREATE", copy.deepcopy(interactions._payload(each)))
    assert (await room("/say 밥 5")).content.startswith("밥")
    await asyncio.sleep(0.2)
    assert len(_said(room)) == before + 1
