"""``/fill`` as members use it: through the real client and the wire, in a playground."""

import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import BundleError
from bot.inference.batching import alone
from bot.inference.models import open_models
from bot.markdown import unescaped
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, Playground

ASK = "/fill 오늘 ___ 가자"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "bundle", fills=True)


@pytest.fixture
async def filling_stage(folder: Path, tmp_path: Path, play: Callable[..., Any]) -> AsyncIterator[Any]:
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, folder, store=store) as ready:
        yield ready
        assert playground.unknown_routes == []
    await store.close()


def line_of(answer: Answer) -> str:
    return unescaped(answer.content.splitlines()[0])


def seed_of(answer: Answer) -> int:
    found = re.search(r"🎲 (\d+)", answer.content)
    assert found
    return int(found[1])


async def test_the_blank_is_filled_and_all_that_was_typed_stays(filling_stage: Any) -> None:
    answer = await filling_stage.playground.command(ASK)
    assert re.fullmatch("오늘 .*[^_ ].* 가자", line_of(answer))
    assert "___" not in answer.content
    assert not answer.ephemeral
    assert "AI 모델이 지어낸 말이에요" in answer.content
    filler = filling_stage.client.models.filler
    filled = alone(filler.filling(["오늘 ", " 가자"], 0.8, seed_of(answer)))
    assert line_of(answer) == filled.text


async def test_it_has_its_name_in_both_languages_and_works_in_private_messages(filling_stage: Any) -> None:
    korean = await filling_stage.playground.command("/채워 문장:오늘 ___ 가자 엉뚱함:0", locale="ko")
    english = await filling_stage.playground.command("/fill line:오늘 ___ 가자 temperature:0", channel="dm")
    assert line_of(korean) == line_of(english)
    assert "엉뚱함 0" in korean.content


async def test_several_blanks_are_filled_each(filling_stage: Any) -> None:
    answer = await filling_stage.playground.command("/fill ___ 오늘 ___ 가자 ___")
    assert "_" not in line_of(answer)
    assert re.fullmatch(r"\S.* 오늘 .*\S.* 가자 .*\S", line_of(answer))


async def test_the_button_draws_another_and_a_seed_repeats(filling_stage: Any) -> None:
    playground = filling_stage.playground
    first = await playground.command(ASK)
    for _ in range(4):
        other = await playground.press(first, "🔁", member="정훈")
        assert re.fullmatch("오늘 .+ 가자", line_of(other))
        assert line_of(other) != line_of(first)
    again = await playground.command(f"/fill line:오늘 ___ 가자 seed:{seed_of(first)}")
    assert again.content == first.content


@pytest.mark.parametrize(
    ("line", "korean", "english"),
    [
        ("오늘 밥 먹자", "빈칸이 없어요", "no blank"),
        ("\u200b", "빈칸이 없어요", "no blank"),
        ("___", "빈칸만 있어서", "nothing but blanks"),
        ("__ ___ \u200b ____", "빈칸만 있어서", "nothing but blanks"),
        ("오늘 ___ 먹자 " * 222 + "밥", "200자까지만", "at most 200 characters"),
        ("가 __ " * 30, "5개까지", "up to 5"),
    ],
    ids=["no blank", "nothing", "only a blank", "only blanks", "2,000 characters", "30 blanks"],
)
async def test_what_cannot_be_filled_is_one_sentence_to_who_asked(
    filling_stage: Any, line: str, korean: str, english: str
) -> None:
    for locale, words in (("ko", korean), ("en-US", english)):
        answer = await filling_stage.playground.command("/fill", options={"line": line}, locale=locale)
        assert answer.ephemeral
        assert words in answer.content
        assert len(answer.content.splitlines()) == 1


async def test_what_somebody_refused_does_not_come_again(filling_stage: Any) -> None:
    ask = "/fill line:오늘 ___ 가자 temperature:0"
    said = set()
    for _ in range(3):
        answer = await filling_stage.playground.command(ask)
        assert line_of(answer) not in said
        said.add(line_of(answer))
        await filling_stage.playground.use_on_message(answer, "다시는 하지 마")


async def test_hostile_words_around_a_blank_do_nothing(filling_stage: Any) -> None:
    line = "@everyone **굵게** ___ <@123> `코드 https://example.com"
    answer = await filling_stage.playground.command("/fill", options={"line": line})
    assert line_of(answer).startswith("@everyone **굵게** ")
    assert line_of(answer).endswith(" <@123> `코드 https://example.com")
    assert not answer.message["mention_everyone"]
    assert not answer.message["mentions"]


async def test_a_bundle_without_the_network_has_no_such_command(
    bundle: Path, tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    changing = write_bundle(tmp_path / "bundle")
    async with Playground() as playground, play(playground, changing) as stage:
        names = {command["name"] for command in playground.world.commands.all()}
        assert "say" in names
        assert "fill" not in names
        write_bundle(changing, fills=True)
        assert await stage.client.reload()
        assert re.fullmatch("오늘 .+ 가자", line_of(await playground.command(ASK)))
        write_bundle(changing)
        assert await stage.client.reload()
        told = await playground.command(ASK)
        assert told.ephemeral
        assert told.content == "지금 쓰는 모델은 빈칸을 채울 줄 몰라요."


def test_a_network_of_another_vocabulary_is_refused(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    folder = write_bundle(tmp_path / "bundle", fills=True)
    narrow = write_bundle(tmp_path / "narrow", pieces=["<unk>", "<s>", "</s>", "▁오늘"], fills=True)
    manifest, other = (json.loads((each / "manifest.json").read_text(encoding="utf-8")) for each in (folder, narrow))
    manifest["models"]["fill"] = other["models"]["fill"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "fill.onnx").write_bytes((narrow / "fill.onnx").read_bytes())
    with pytest.raises(BundleError, match="logits"):
        open_models(folder)
