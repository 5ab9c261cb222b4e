"""Scenes: turns that know those before, are read once, say nothing twice and nothing that must not come out."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError, Tokenizer
from bot.bundle.verbatim import Spelling
from bot.inference.batching import alone
from bot.inference.dialogue import DialogueNetwork, open_dialogue
from bot.inference.models import open_models
from bot.inference.scene import SPEAKERS, SceneWriter, Turn

Edit = Callable[[Path, Callable[[dict[str, Any]], None]], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return write_bundle(tmp_path_factory.mktemp("bundles") / "bundle", scenes=True)


@pytest.fixture
def writer(folder: Path) -> SceneWriter:
    scenes = open_models(folder).scenes
    assert scenes is not None
    return scenes


def opened(folder: Path) -> tuple[DialogueNetwork, Tokenizer]:
    tokenizer = Tokenizer.open(folder / "tokenizer.json")
    network = open_dialogue(Bundle.open(folder), len(tokenizer), "cpu")
    assert network is not None
    return network, tokenizer


def test_what_follows_a_turn_hangs_on_the_turns_before_whether_they_are_kept_or_read_anew(folder: Path) -> None:
    network, tokenizer = opened(folder)
    letter = len(tokenizer)
    row = (1, letter, 5, 6, 2, letter + 1, 7, 2, letter, 8)
    kept = network.letters([row])
    for _ in range(2):
        np.testing.assert_array_equal(network.letters([row]), kept)
    np.testing.assert_array_equal(opened(folder)[0].letters([row]), kept)
    other = (*row[:2], 9, *row[3:])
    both = network.letters([other, row, other[:-1], row])
    np.testing.assert_allclose(both[[1, 3]], kept[[0, 0]], rtol=1e-6)
    assert not np.allclose(both[0], kept[0])


def test_nothing_is_said_twice_and_nobody_answers_themselves(writer: SceneWriter) -> None:
    for seed in range(3):
        scene = alone(writer.writing("오늘", 6, 0.8, seed))
        said = [Spelling.of(turn.text).letters or turn.text for turn in scene.turns]
        assert len(said) == len(set(said)) == 6
        assert all(before.speaker != after.speaker for before, after in pairwise(scene.turns))
        assert scene.turns[0].speaker == 0
        assert scene.turns[1].speaker == 1
        assert max(turn.speaker for turn in scene.turns) < SPEAKERS
        assert alone(writer.writing("오늘", 6, 0.8, seed)) == scene


def test_it_knows_what_was_said_before(writer: SceneWriter) -> None:
    """Whoever begins otherwise is answered otherwise, by the same seed."""
    answers = {
        alone(writer.going_on([Turn(0, first), Turn(1, "밥")], 1, 0.8, seed=3)).turns[-1].text
        for first in ("오늘", "시험 망했다", "생일 축하해", "술 한잔", "누구야", "내일 언제까지")
    }
    assert len(answers) > 1


def test_a_scene_goes_on_from_its_turns_however_long_they_are(writer: SceneWriter) -> None:
    turns = [Turn(number % 2, f"밥 먹으러 가자 {number}" * 4) for number in range(30)]
    gone_on = alone(writer.going_on(turns, 2, 0.8, seed=3))
    assert gone_on.turns[:30] == tuple(turns)
    assert len(gone_on.turns) == 32
    assert len(alone(writer.going_on([Turn(0, "가" * 2000)], 2, 0.8, seed=3)).turns) == 3


def test_at_temperature_0_it_says_nothing_twice_either(writer: SceneWriter) -> None:
    said = [turn.text for turn in alone(writer.writing("오늘", 8, 0, 1)).turns]
    assert len(set(said)) == len(said) == 8


def test_no_turn_repeats_somebody_or_what_was_refused(folder: Path, tmp_path: Path, write_bundle: Any) -> None:
    free = [turn.text for turn in alone(open_models(folder).scenes.writing("오늘", 6, 0.8, 5)).turns]  # type: ignore[union-attr]
    writer = open_models(write_bundle(tmp_path / "bundle", scenes=True, heard=free[1:])).scenes
    assert writer is not None
    for refused in (frozenset[str](), frozenset(free)):
        said = alone(writer.writing("오늘", 6, 0.8, 5, refused=refused)).turns
        letters = Spelling.of(" ".join(turn.text for turn in said)).letters
        assert not [text for text in free[1:] if len(letters) > 3 and Spelling.of(text).letters in letters]
        assert said[0].text not in refused


def test_a_graph_that_breaks_its_promise_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Edit
) -> None:
    broken = write_bundle(tmp_path / "bundle", scenes=True)
    edit_manifest(broken, lambda content: content["models"]["scene"]["outputs"].reverse())
    with pytest.raises(BundleError, match=r"manifest\.json has the outputs read"):
        open_models(broken)
    edit_manifest(broken, lambda content: content["models"]["scene"]["outputs"].pop(0))
    with pytest.raises(BundleError, match="says not how much"):
        open_models(broken)


def test_a_network_of_another_vocabulary_is_refused(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    folder = write_bundle(tmp_path / "bundle", scenes=True)
    with pytest.raises(BundleError, match="logits"):
        open_dialogue(Bundle.open(folder), 3, "cpu")
