"""``/about``: three lines on what one can do with this bundle; how it was made is behind a button."""

from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from playground import Playground
from tests import faces_bundle


async def test_it_says_who_speaks_and_what_becomes_of_words(stage: Any) -> None:
    answer = await stage.playground.command("/소개")
    assert answer.ephemeral
    assert "AI 모델이 지어낸 말" in answer.content
    assert "`/개인정보`" in answer.content


async def test_without_faces_and_a_store_what_is_not_there_is_not_promised(stage: Any) -> None:
    answer = await stage.playground.command("/about", locale="en-US")
    assert "`/say " in answer.content
    assert "`/face " not in answer.content
    assert "`/birthday " not in answer.content


async def test_with_a_store_birthdays_are_among_it(room: Any) -> None:
    content = (await room("/소개")).content
    assert "`/생일 등록" in content
    assert "`/얼굴" not in content


@pytest.mark.parametrize(("takes_photos", "words"), [(True, "사진 속 얼굴"), (False, "세상에 없는 얼굴을 그려서")])
async def test_what_faces_can_do_is_said_as_the_bundle_has_it(
    play: Any, tmp_path: Path, takes_photos: bool, words: str
) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")
    if not takes_photos:
        faces_bundle.change_manifest(folder, lambda content: content["models"].pop("vae-encoder"))
    async with Playground() as playground, play(playground, folder):
        assert words in (await playground.command("/소개")).content


async def test_it_is_read_in_ten_seconds_and_the_command_in_each_line_can_be_typed(play: Any, tmp_path: Path) -> None:
    async with Playground() as playground, play(playground, faces_bundle.make(tmp_path / "bundle")):
        answer = await playground.command("/소개")
        lines = answer.content.splitlines()
        pitches = [line for line in lines if "`/" in line and not line.startswith("-#")]
        assert len(pitches) == 3
        assert len(answer.content) < 500
        typed = pitches[0].split("`")[1]
        assert (await playground.command(typed)).content


async def test_how_it_was_made_is_behind_a_button_for_whoever_asks(
    stage: Any,
) -> None:
    answer = await stage.playground.command("/about", locale="en-US")
    assert "a test" not in answer.content
    made = await stage.playground.press(answer, "🔧", locale="en-US")
    assert made.ephemeral
    for words in (__version__, stage.client.models.active_provider, "data: a test"):
        assert words in made.content.replace("\\", "")
