"""A wish brings a short song where managers turned that on and the model writes any, and goes out anyway."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.inference.batching import Job
from bot.inference.songwriter import Song

NINE = datetime(2026, 11, 20, 0, tzinfo=UTC)
SONG = "♪"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    """Return a bundle that writes songs."""
    return write_bundle(tmp_path_factory.mktemp("songs") / "bundle", sings=True)


async def _wish(room: Any) -> str:
    await room("/생일 채널 생일")
    await room("/birthday set", options={"date": "11월 20일"}, member="윤혜")
    room.clock.turn(NINE)
    for _ in range(100):
        found = [each for each in room.playground.messages("생일") if "생일 축하해" in each["content"]]
        if found:
            return str(found[0]["content"])
        await asyncio.sleep(0.05)
    raise AssertionError("no wish came")


async def test_a_wish_brings_a_song_about_whose_birthday_it_is(room: Any) -> None:
    turned_on = await room("/생일 노래 켜기:True")
    assert "짧은 노래도 함께" in turned_on.content
    assert "짧은 노래를 함께 불러요" in (await room("/생일 점검")).content
    wish = await _wish(room)
    title, *song = wish[wish.index(SONG) :].splitlines()
    assert "윤혜야 생일 축하해" in title
    refrain = [line for line in song if line.startswith("> ")]
    assert len(refrain) == 2
    assert len({*refrain}) == 1
    assert refrain[0].startswith("> 윤혜야 생일 축하해")
    assert wish.splitlines()[-1].startswith("-# ")


async def test_who_manages_nothing_cannot_turn_it_on_and_without_it_a_wish_has_none(room: Any) -> None:
    refused = await room("/birthday songs on:True", member="윤혜")
    assert refused.ephemeral
    await room("/birthday songs on:True")
    await room("/birthday songs on:False")
    assert SONG not in await _wish(room)


async def test_a_template_says_that_the_song_under_it_is_made_up(room: Any) -> None:
    await room("/생일 노래 켜기:True")
    shown = await room.playground.submit_modal(await room("/birthday template"), {"text": "{이름} 생일 축하해!"})
    await room.playground.press(shown, "저장")
    wish = await _wish(room)
    assert SONG in wish
    assert wish.splitlines()[-1].startswith("-# ")
    assert "모델" in wish.splitlines()[-1]


async def test_who_looks_at_a_wish_beforehand_is_told_to_wait_for_its_song(room: Any) -> None:
    await room("/생일 노래 켜기:True")
    room.playground.requests.clear()
    shown = await room("/생일 미리보기")
    assert SONG in shown.content
    first = next(each.json for each in room.playground.requests if each.path.endswith("/callback"))
    assert first == {"type": 5, "data": {"flags": 64}}  # Discord waits three seconds for anything else


async def test_a_song_that_fails_does_not_cost_the_wish(room: Any, monkeypatch: Any) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the singer is ill")

    monkeypatch.setattr("bot.inference.songwriter.Songwriter.writing", fail)
    await room("/생일 노래 켜기:True")
    wish = await _wish(room)
    assert SONG not in wish
    assert "윤혜야 생일 축하해" in wish


async def test_a_song_for_somebody_congratulates_nobody_else(room: Any, monkeypatch: Any) -> None:
    asked = list[int]()

    def sing(_: object, word: str, __: int, seed: int, **___: object) -> Song:
        asked.append(seed)
        others = ("윤혜야 생일 축하해 다빈아", "오늘 생일은 다빈이")
        verse = others[len(asked) - 1] if len(asked) <= len(others) else "케이크 먹자"
        return Song(word, (word,), ((verse, "노래하자"),), seed)

    def writing(*given: Any, **more: Any) -> Job[Song | None]:
        yield from ()
        return sing(*given, **more)

    monkeypatch.setattr("bot.inference.songwriter.Songwriter.writing", writing)
    await room("/생일 노래 켜기:True")
    wish = await _wish(room)
    assert "케이크 먹자" in wish
    assert "다빈" not in wish
    assert asked == [asked[0], asked[0] + 1, asked[0] + 2]
