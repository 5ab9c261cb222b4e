"""``/say … as:`` as members use it: through the real client and the wire, in a playground."""

import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import BundleError
from bot.features.say.request import Request
from bot.inference.models import open_models
from bot.markdown import unescaped
from playground import Answer, Playground

ASK = "/say word:오늘 n:12 temperature:0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "bundle", speakers=("윤혜", "정훈"))


@pytest.fixture
async def members_stage(folder: Path, play: Callable[..., Any]) -> AsyncIterator[Any]:
    async with Playground() as playground, play(playground, folder) as ready:
        yield ready
        assert playground.unknown_routes == []


def words(answer: Answer) -> str:
    return unescaped(answer.content.splitlines()[0])


async def test_each_of_them_speaks_otherwise_and_the_answer_says_as_whom(members_stage: Any) -> None:
    playground = members_stage.playground
    group = await playground.command(ASK)
    korean = await playground.command("/말해 단어:오늘 개수:12 엉뚱함:0 처럼:윤혜", locale="ko")
    english = await playground.command(f"{ASK} as:정훈", locale="en-US")
    assert len({words(answer) for answer in (group, korean, english)}) == 3
    assert "윤혜 흉내" in korean.content
    assert "imitating 정훈" in english.content
    assert "흉내" not in group.content
    members = members_stage.client.models.members
    assert words(korean) == members["윤혜"].say("오늘", 12, 0, seed=1).text


async def test_the_button_remembers_as_whom(members_stage: Any) -> None:
    playground = members_stage.playground
    first = await playground.command("/say word:오늘 n:12 as:윤혜")
    again = await playground.press(first, "🔁", member="정훈")
    assert "윤혜 흉내" in again.content
    found = re.search(r"🎲 (\d+)", again.content)
    assert found
    said = members_stage.client.models.members["윤혜"].say("오늘", 12, 0.8, int(found[1]))
    assert words(again) == said.text.splitlines()[0]


async def test_their_names_are_suggested(members_stage: Any, bundle: Path, play: Callable[..., Any]) -> None:
    suggest = members_stage.playground.autocomplete
    assert [each["value"] for each in await suggest("/say", "as", "", options={"word": "오늘"})] == ["윤혜", "정훈"]
    assert [each["value"] for each in await suggest("/say", "as", "훈", options={"word": "오늘"})] == ["정훈"]
    async with Playground() as playground, play(playground, bundle):
        assert await playground.autocomplete("/say", "as", "", options={"word": "오늘"}) == []


async def test_nobody_is_offered_or_imitated_but_those_in_the_bundle(
    members_stage: Any, bundle: Path, play: Callable[..., Any]
) -> None:
    refused = await members_stage.playground.command(f"{ASK} as:하람")
    assert refused.ephemeral
    assert refused.content == "그 사람 말투는 배우지 않았어요. 배운 사람: 윤혜, 정훈"
    async with Playground() as playground, play(playground, bundle):
        refused = await playground.command(f"{ASK} as:윤혜", locale="en-US")
        assert refused.ephemeral
        assert "has not learned to sound like one member" in refused.content


def test_a_bundle_whose_graph_does_not_know_its_speakers_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path]
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["models"]["text"]["speakers"] = {"윤혜": 4000}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError, match=r"text\.onnx"):
        open_models(folder)
    manifest["models"]["text"]["speakers"] = {"윤\n혜": 4}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError, match="damaged"):
        open_models(folder)


@pytest.mark.parametrize("member", ["윤혜", "김 윤혜", "a" * 32, "=:", "🎂"])
def test_a_button_keeps_a_name_or_there_is_none(member: str) -> None:
    request = Request.checked("오늘 5:0.8:밥", 5, 0.8, None, member)
    custom_id = request.custom_id()
    if ":" in member:
        assert custom_id is None
    else:
        assert custom_id is not None
        assert Request.of_button(custom_id) == request
