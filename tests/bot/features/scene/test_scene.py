"""``/scene`` as members use it: through the real client and the wire, in a playground."""

import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import SPECIALS
from bot.features.scene.formatting import turns_of
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, Playground

ASK = "/scene 오늘 4"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "bundle", scenes=True)


@pytest.fixture(autouse=True)
def _seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the same scenes each time: a network that has learnt nothing has nothing new to say now and then."""
    monkeypatch.setattr("bot.features.scene.cog.fresh_seed", partial(next, count(7)))


@pytest.fixture
async def scene_stage(folder: Path, tmp_path: Path, play: Callable[..., Any]) -> AsyncIterator[Any]:
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, folder, store=store) as ready:
        yield ready
        assert playground.unknown_routes == []
    await store.close()


def said(answer: Answer) -> list[str]:
    return [turn.text for turn in turns_of(answer.content)]


def seed_of(answer: Answer) -> int:
    found = re.search(r"🎲 (\d+)", answer.content)
    assert found
    return int(found[1])


async def test_turns_of_lettered_nobodies_begin_with_the_word_and_a_seed_repeats_them(scene_stage: Any) -> None:
    playground = scene_stage.playground
    answer = await playground.command(ASK)
    turns = turns_of(answer.content)
    assert len(turns) == 4
    assert turns[0].text.startswith("오늘")
    assert len({turn.text for turn in turns}) == 4
    assert all(before.speaker != after.speaker for before, after in pairwise(turns))
    assert {line[:6] for line in answer.content.splitlines()[:4]} <= {"**A** ", "**B** ", "**C** "}
    assert "A, B, C는 실제 인물이 아니에요" in answer.content
    assert not answer.ephemeral
    again = await playground.command(f"/장면 단어:오늘 마디:4 번호:{seed_of(answer)}", locale="ko", channel="dm")
    assert again.content == answer.content
    other = await playground.press(answer, "🔁", member="정훈")
    assert len(turns_of(other.content)) == 4
    assert said(other) != said(answer)


async def test_a_scene_goes_on_in_its_message_also_after_a_restart_until_it_is_full(
    folder: Path, play: Callable[..., Any]
) -> None:
    async with Playground() as playground:
        async with play(playground, folder):
            answer = await playground.command("/scene word:오늘 turns:8")
        async with play(playground, folder):
            turns = said(answer)
            for expected in (11, 14, 17, 20):
                answer = await playground.press(answer, "⏩")
                assert said(answer)[: len(turns)] == turns
                assert len(said(answer)) == len(set(said(answer))) == expected
                turns = said(answer)
            assert "🎲" not in answer.content
            labels = [button.get("emoji", {}).get("name") for row in answer.components for button in row["components"]]
            assert labels == ["🔁"]
            assert said(await playground.press(answer, "🔁"))[0].startswith("오늘")


async def test_what_no_scene_can_begin_with_is_one_sentence_to_who_asked(scene_stage: Any) -> None:
    for word, locale, words in (
        ("\u200b", "ko", "보이는 글자가 없어요"),
        ("\u200b", "en-US", "nothing visible"),
        ("밥 " * 150, "ko", "200자까지만"),
        ("밥 " * 150, "en-US", "at most 200 characters"),
    ):
        answer = await scene_stage.playground.command("/scene", options={"word": word}, locale=locale)
        assert answer.ephemeral
        assert words in answer.content


async def test_any_word_begins_a_scene_in_which_nothing_acts(scene_stage: Any) -> None:
    for word in ("zebra", "🦓🦓🦓", "양자역학", "가" * 200, "@everyone **굵게** <@123> `코드"):
        answer = await scene_stage.playground.command("/scene", options={"word": word, "turns": 3})
        assert len(turns_of(answer.content)) == 3
        assert said(answer)[0].startswith(word[:100])
        assert not answer.message["mention_everyone"]
        assert not answer.message["mentions"]
        assert len(answer.content) < 2000


async def test_what_somebody_refused_comes_in_no_scene_again(scene_stage: Any) -> None:
    playground = scene_stage.playground
    ask = "/scene word:오늘 turns:4 temperature:0"
    refused = set[str]()
    for _ in range(3):
        answer = await playground.command(ask)
        assert not refused & set(said(answer))
        refused |= set(said(answer))
        await playground.use_on_message(answer, "다시는 하지 마")


async def test_a_scene_of_which_all_is_held_back_is_said_kindly(
    tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    """Of a room of two words nearly all that could be said is somebody's own."""
    few = (*SPECIALS, "▁오늘", "▁밥")
    heard = ["오늘오늘", "오늘밥", "밥오늘", "밥밥"]
    folder = write_bundle(tmp_path / "bundle", pieces=few, heard=heard, scenes=True)
    async with Playground() as playground, play(playground, folder):
        answer = await playground.command(ASK)
        assert answer.content == "그 말로는 해도 되는 말이 안 나왔어요. 다른 말로 시작해 주세요."
        assert not turns_of(answer.content)


async def test_a_bundle_without_the_network_has_no_such_command(
    bundle: Path, tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    changing = write_bundle(tmp_path / "bundle", scenes=True)
    async with Playground() as playground:
        async with play(playground, bundle):
            names = {command["name"] for command in playground.world.commands.all()}
            assert "say" in names
            assert "scene" not in names
        async with play(playground, changing) as stage:
            answer = await playground.command(ASK)
            write_bundle(changing)
            assert await stage.client.reload()
            for told in (await playground.command(ASK), await playground.press(answer, "⏩")):
                assert told.ephemeral
                assert told.content == "지금 쓰는 모델은 장면을 지어낼 줄 몰라요."
