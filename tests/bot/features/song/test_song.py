"""``/song`` as members use it: through the real client and the wire, in a playground."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.features.song.formatting import MOST_VERSES, song_in
from bot.inference.songwriter import Song
from bot.markdown import escaped
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, Playground

ANOTHER = "절 하나 더"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "bundle", sings=True)


@pytest.fixture
async def singing(folder: Path, tmp_path: Path, play: Callable[..., Any]) -> AsyncIterator[Playground]:
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, folder, store=store):
        yield playground
        assert playground.unknown_routes == []
    await store.close()


def song_of(answer: Answer) -> Song:
    found = re.search(r"🎲 (\d+)", answer.content)
    assert found
    song = song_in(answer.content, int(found[1]))
    assert song
    return song


async def test_a_song_has_a_title_a_refrain_and_says_who_made_it_up(singing: Playground) -> None:
    answer = await singing.command("/song 오늘")
    song = song_of(answer)
    assert answer.content.startswith("**♪ 오늘")
    assert len(song.lines) == 8
    assert song.refrain[0].startswith("오늘")
    assert not answer.ephemeral
    assert "AI 모델이 지어낸 말이에요" in answer.content


async def test_it_has_its_name_in_korean_and_a_seed_repeats_it_anywhere(singing: Playground) -> None:
    first = await singing.command("/노래 단어:오늘 줄수:4", locale="ko")
    song = song_of(first)
    again = await singing.command(f"/song word:오늘 lines:4 seed:{song.seed}", channel="dm")
    assert song_of(again) == song
    assert len(song.lines) == 4


async def test_the_button_adds_a_verse_before_the_same_refrain_until_it_is_long_enough(singing: Playground) -> None:
    answer = await singing.command("/song 오늘")
    song = song_of(answer)
    for verses in range(3, MOST_VERSES + 1):
        answer = await singing.press(answer, ANOTHER, member="정훈")
        longer = song_of(answer)
        assert (longer.title, longer.refrain, longer.seed) == (song.title, song.refrain, song.seed)
        assert longer.verses[:-1] == song.verses
        assert len(longer.verses) == verses
        assert not {*longer.verses[-1]} & {*song.lines}
        song = longer
    assert ANOTHER not in str(answer.message["components"])


async def test_the_button_works_under_an_old_song_after_a_restart(
    folder: Path, play: Callable[..., Any], tmp_path: Path
) -> None:
    async with Playground() as playground:
        async with play(playground, folder):
            old = await playground.command("/song 오늘")
        async with play(playground, folder):
            answer = await playground.press(old, ANOTHER)
            assert len(song_of(answer).verses) == 3


@pytest.mark.parametrize(
    ("word", "korean", "english"),
    [("\u200b", "눈에 보이는 글자가 없어요", "nothing visible"), ("가" * 100, "30자까지만", "at most 30 characters")],
    ids=["nothing", "100 letters"],
)
async def test_what_cannot_be_sung_is_one_sentence_to_who_asked(
    singing: Playground, word: str, korean: str, english: str
) -> None:
    for locale, words in (("ko", korean), ("en-US", english)):
        answer = await singing.command("/song", options={"word": word}, locale=locale)
        assert answer.ephemeral
        assert words in answer.content


@pytest.mark.parametrize("word", ["🎉", "hello world", "@everyone <@123>", "양자역학 ㅋㅋ"])
async def test_any_other_word_is_sung_and_does_nothing(singing: Playground, word: str) -> None:
    answer = await singing.command("/song", options={"word": word, "seed": 3})
    assert song_of(answer).refrain[0].startswith(word)
    assert not answer.message["mention_everyone"]
    assert not answer.message["mentions"]


async def test_a_song_that_was_refused_is_not_sung_again(singing: Playground) -> None:
    first = song_of(answer := await singing.command("/song word:오늘 lines:4 seed:7"))
    await singing.use_on_message(answer, "다시는 하지 마")
    listed = (await singing.command("/never list")).content
    assert all(escaped(line) in listed for line in first.lines)
    assert "♪" not in listed
    again = song_of(await singing.command("/song word:오늘 lines:4 seed:7"))
    assert not {*first.lines} & {*again.lines}


async def test_a_bundle_without_the_network_has_no_such_command(
    tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    changing = write_bundle(tmp_path / "bundle")
    async with Playground() as playground, play(playground, changing) as stage:
        assert "song" not in {command["name"] for command in playground.world.commands.all()}
        write_bundle(changing, sings=True)
        assert await stage.client.reload()
        song = await playground.command("/song 오늘")
        write_bundle(changing)
        assert await stage.client.reload()
        for told in (await playground.command("/song 오늘"), await playground.press(song, ANOTHER)):
            assert told.ephemeral
            assert told.content == "지금 쓰는 모델은 노래를 지을 줄 몰라요."
