"""A wish has a smiling face beside it where the bundle has faces and the bot may send files, and goes out anyway."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import faces_bundle

NINE = datetime(2026, 11, 20, 0, tzinfo=UTC)
ATTACH_FILES = 1 << 15


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle whose faces can smile."""
    return faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle")


async def _wish(room: Any) -> dict[str, Any]:
    await room("/생일 채널 생일")
    await room("/birthday set", options={"date": "11월 20일"}, member="윤혜")
    room.clock.turn(NINE)
    for _ in range(100):
        found = [each for each in room.playground.messages("생일") if "🎂" in each["content"]]
        if found:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError("no wish came")


async def test_a_wish_comes_with_a_smiling_face_and_words_for_who_cannot_see_it(room: Any) -> None:
    (face,) = (await _wish(room))["attachments"]
    assert face["filename"] == "face.png"
    assert "웃는 얼굴" in face["description"]


async def test_where_the_bot_may_not_send_files_the_wish_goes_out_without_one(room: Any) -> None:
    channel, bot = room.playground.world.channel_called("생일")["id"], room.playground.world.bot["id"]
    room.playground.admin.rule(channel, bot, deny=ATTACH_FILES)
    wish = await _wish(room)
    assert wish["attachments"] == []
    assert "윤혜야 생일 축하해" in wish["content"]


async def test_a_face_that_fails_does_not_cost_the_wish(room: Any, monkeypatch: Any) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the artist is ill")

    monkeypatch.setattr("bot.inference.artist.Artist.smiling", fail)
    wish = await _wish(room)
    assert wish["attachments"] == []
    assert "윤혜야 생일 축하해" in wish["content"]
