"""The choice of a reaction: only what is sure, never laughing where crying is likely, and nothing to grave words."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import BundleError, sha256_of
from bot.inference.models import open_models
from bot.inference.reactions import Reactor, chosen
from tests.bot.inference.reactors import CLASSES, EMOJI, add_reactor


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return add_reactor(write_bundle(tmp_path_factory.mktemp("bundles") / "bundle"))


@pytest.fixture(scope="module")
def reactor(folder: Path) -> Reactor:
    reactor = open_models(folder, "cpu").reactor
    assert reactor
    return reactor


def chances(**shares: float) -> dict[str, float]:
    return dict(zip(EMOJI, (shares.get(name, 0.0) for name in ("joy", "sob", "yes", "heart", "rofl")), strict=True))


@pytest.mark.parametrize(
    ("given", "own", "emoji"),
    [
        (chances(joy=0.9), [], "😂"),
        (chances(joy=0.3, rofl=0.35), [], "🤣"),
        (chances(joy=0.4, yes=0.35), [], None),
        (chances(joy=0.75, sob=0.21), [], None),
        (chances(joy=0.75, sob=0.19), [], "😂"),
        (chances(sob=0.6, joy=0.4), [], "😭"),
        (chances(joy=0.9, sob=0.05), ["crying"], "😭"),
        (chances(joy=0.9, sob=0.05), ["crying", "laughing"], "😭"),
        (chances(yes=0.6, sob=0.25), ["laughing"], None),
        (chances(yes=0.6, rofl=0.1), ["laughing"], "🤣"),
        (chances(yes=0.6), ["🌧"], "👍"),
    ],
)
def test_the_kind_must_be_sure_and_nobody_laughs_where_crying_is_likely(
    given: dict[str, float], own: Iterable[str], emoji: str | None
) -> None:
    assert chosen(CLASSES, given, [*own]) == emoji


def test_what_members_refused_is_not_given(reactor: Reactor) -> None:
    assert reactor.reaction("축하") == "❤️"
    assert reactor.reaction("축하", {"❤️"}) is None
    assert reactor.reaction("술 한잔", {"😂"}) == "🤣"


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("술 한잔 할래", "😂"),
        ("오늘 시험 망했다", "😭"),
        ("오늘 시험 망했다 ㅋㅋㅋ", "😭"),
        ("오늘 밥 ㅠㅠ", "😭"),
        ("ㅋㅋㅋㅋㅋ", "😂"),
        ("👍🏿", "👍"),
        ("🌧", None),
        ("오늘 밥", None),
        ("", None),
        ("?!", None),
        ("술 한잔 망했다", None),
        ("오늘 술 한잔 우울해", None),
        ("오늘 술 한잔 우울해 ㅋㅋ", None),
        ("나 남친이랑 헤어졌어 대박", None),
        ("할머니 돌아가셨어 가자", None),
        ("장례식 가자 ㅠㅠ", None),
        ("My dog passed away", None),
        ("let us go 가자", None),
        ("밥 " * 2000 + "가자", "👍"),
    ],
)
def test_a_message_is_read_with_its_own_signs(reactor: Reactor, text: str, emoji: str | None) -> None:
    assert reactor.reaction(text) == emoji


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.pop("threshold"),
        lambda content: content.update(threshold=0),
        lambda content: content.update(longest="viele"),
        lambda content: content["classes"][0].update(emoji="바보"),
        lambda content: content["classes"][0].update(emoji="😭"),
        lambda content: content["classes"].pop(),
        lambda content: content.update(classes=[]),
        lambda content: content.update(classes=5),
    ],
)
def test_a_damaged_list_is_refused_in_one_sentence(
    change: Callable[[Any], Any], tmp_path: Path, write_bundle: Callable[..., Path]
) -> None:
    folder = add_reactor(write_bundle(tmp_path / "bundle"))
    path, manifest = folder / "reactions.json", folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    before = sha256_of(path)
    path.write_text(json.dumps(content), encoding="utf-8")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(before, sha256_of(path)), encoding="utf-8")
    with pytest.raises(BundleError, match="export"):
        open_models(folder, "cpu")


def test_a_bundle_without_one_has_none_and_reads_a_message_only_so_far(bundle: Path, reactor: Reactor) -> None:
    assert open_models(bundle, "cpu").reactor is None
    short = Reactor(reactor._graph, reactor._tokenizer, replace(CLASSES, longest=2))
    assert short.reaction("대박 밥 밥 밥") is None
    assert reactor.reaction("대박 밥 밥 밥") == "🤣"
