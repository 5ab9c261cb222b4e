"""``/about``: three lines on what one can do with this bundle; what it learnt from is behind a button."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot import __version__
from bot.markdown import unescaped
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


MADE = {
    "trained": "2026-11-26T08:38:26+00:00",
    "messages": "11170",
    "data": "7000b5d9fd645d7d",
    "vae trained": "2026-11-21T07:30:03+00:00",
    "vae steps": "400 of 32",
    "vae photos": "FairFace (CC BY 4.0)",
    "editor photos": "FairFace (CC BY 4.0), Another Set (CC0)",
}


@pytest.mark.parametrize(
    ("locale", "words"), [("ko", ("11,170개로 배웠어요", "사진:")), ("en-US", ("11,170 messages", "Photos:"))]
)
async def test_what_it_learnt_from_is_behind_a_button_and_nothing_that_only_the_owner_understands(
    play: Any, tmp_path: Path, locale: str, words: tuple[str, ...]
) -> None:
    folder = faces_bundle.make(tmp_path / "bundle", smiles=(1.0, 0.5))

    def change(content: Any) -> None:
        content["made"] = MADE
        content["models"]["vae"]["learnt_from"] = "photos"

    faces_bundle.change_manifest(folder, change)
    async with Playground() as playground, play(playground, folder):
        answer = await playground.command("/about", locale=locale)
        assert "11,170" not in answer.content
        made = await playground.press(answer, "🔧", locale=locale)
        assert made.ephemeral
        told = unescaped(made.content)
        days = [int(datetime.fromisoformat(MADE[key]).timestamp()) for key in ("trained", "vae trained")]
        credit = "FairFace (CC BY 4.0), Another Set (CC0)"
        for each in (*words, __version__, credit, *(f"<t:{day}:D>" for day in days)):
            assert each in told
        assert told.count("FairFace") == 1
        assert len(told.splitlines()) <= 12
        assert MADE["data"] not in told
        assert "steps" not in told


async def test_a_bundle_that_says_nothing_of_itself_is_told_of_by_its_version_alone(stage: Any) -> None:
    made = await stage.playground.press(await stage.playground.command("/about", locale="en-US"), "🔧", locale="en-US")
    assert __version__ in unescaped(made.content)
    assert "messages" not in made.content
