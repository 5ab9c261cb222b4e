"""What follows a sentence where a bundle has lines that everybody says: one that fits and is as long as asked."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import SPECIALS, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.lines import Lines, echoes
from bot.inference.models import open_models
from bot.inference.picker import Thresholds
from bot.inference.speaker import Speaker
from tests.bot.inference.networks import OfOneLength
from tests.bot.inference.pickers import add_picker

PIECES = [*SPECIALS, "▁밥", "▁먹자", "▁배고파", "▁나", "도", "▁집", "에", "▁가", "▁ㅋㅋㅋ", "🎉"]
TOKENIZER = Tokenizer(PIECES, [9] * len(PIECES))
LINES = ("나도 배고파", "나 집에 가", "가", "ㅋㅋㅋ", "집에 가🎉🎉", "나도 🦩")


class Likes:
    """A picker that likes some lines more than others, whatever was said."""

    lines = LINES
    thresholds = Thresholds(sure=9.0, silent=0.0, surest=9.0, seldom=0.0)

    def __init__(self, *order: str) -> None:
        self._order = order

    def line_scores(self, message: str) -> np.ndarray:
        del message
        return np.array([30.0 * (line in self._order) for line in LINES], np.float32)


class Ends(OfOneLength):
    """A network that ends every sentence after two more pieces, of which the first is 먹자."""

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.full((len(ids), len(PIECES)), -20, np.float32)
        rows[:, PIECES.index("▁먹자") if ids.shape[1] < 3 else PIECES.index("▁배고파")] = 0
        rows[:, 2] = 9 if ids.shape[1] >= 4 else -99
        return rows


def speaker_with(*liked: str, heard: VerbatimFilter | None = None) -> Speaker:
    return Speaker(Ends(), TOKENIZER, heard, Lines(Likes(*liked), TOKENIZER))


@pytest.mark.parametrize(("liked", "n", "said"), [("집에 가🎉🎉", 6, "집에 가🎉🎉"), ("나 집에 가", 6, "나 집에 가")])
@pytest.mark.parametrize("temperature", [0, 0.8])
def test_a_line_of_as_many_morphemes_as_are_left_follows(liked: str, n: int, said: str, temperature: float) -> None:
    answer = speaker_with(liked).say("밥", n, temperature, seed=3)
    assert answer.text == f"밥 먹자 배고파 {said}"
    assert len(answer.pieces) == n


class EitherWay(OfOneLength):
    """A network that says 먹자 and 배고파 in either order, and ends the sentence there."""

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.full((len(ids), len(PIECES)), -20, np.float32)
        rows[:, 2] = 9 if ids.shape[1] >= 4 else -99
        for row, read in zip(rows, ids, strict=True):
            row[[PIECES.index(piece) for piece in ("▁먹자", "▁배고파") if PIECES.index(piece) not in read]] = 0
        return rows


class LikesOneAfter(Likes):
    """A picker that likes one line, and only after a sentence that ends with ``last``."""

    def __init__(self, last: str) -> None:
        super().__init__("나 집에 가")
        self._last = last

    def line_scores(self, message: str) -> np.ndarray:
        return super().line_scores(message) * message.endswith(self._last)


@pytest.mark.parametrize("last", ["먹자", "배고파"])
def test_of_sentences_that_are_as_likely_the_one_is_said_that_a_line_belongs_to(last: str) -> None:
    speaker = Speaker(EitherWay(), TOKENIZER, None, Lines(LikesOneAfter(last), TOKENIZER))
    said = [speaker.say("밥", 6, 0.8, seed).text for seed in range(9)]
    assert all(text.endswith(f"{last} 나 집에 가") for text in said), said


def test_the_shortest_answer_that_a_line_can_follow_has_one() -> None:
    assert {speaker_with("가").say("밥", 3, 0.8, seed).text for seed in range(9)} == {"밥 먹자 배고파 가"}


def test_a_line_that_would_repeat_somebody_or_is_refused_is_passed_over() -> None:
    heard = VerbatimFilter.of(Held([Spelling.of("배고파 나 집에").letters]))
    assert speaker_with("나 집에 가", heard=heard).say("밥", 6, 0.8, seed=1).text == "밥 먹자 배고파 집에 가🎉🎉"
    refused = frozenset({"집에 가🎉🎉"})
    texts = {speaker_with().say("밥", 6, 0.8, seed, refused=refused).text for seed in range(9)}
    assert texts == {"밥 먹자 배고파 나 집에 가"}


def test_what_the_voice_does_not_know_or_was_just_said_does_not_follow() -> None:
    lines = Lines(Likes(), TOKENIZER)
    rng = np.random.default_rng(1)
    assert [line.text for line in lines.after("나는 배고파", 3, 0.8, rng)] == ["나도 배고파"]
    assert {line.text for line in lines.after("밥 먹자", 4, 0.8, rng)} == {"나 집에 가", "집에 가🎉🎉"}
    assert not list(lines.after("집에 가자", 4, 0.8, rng))
    assert not echoes("나도 배고파", Spelling.of("배고파?"))
    assert echoes("배고파", Spelling.of("배고파?"))


class LikesTheSeldomOne(Likes):
    """A picker that likes a seldom line a little more than a usual one."""

    def line_scores(self, message: str) -> np.ndarray:
        del message
        return np.array([0.3 * (line == "집에 가🎉🎉") for line in LINES], np.float32)


def test_a_seldom_line_has_to_fit_clearly_better_than_a_usual_one_in_an_older_bundle_too() -> None:
    assert LikesTheSeldomOne.thresholds.seldom == 0, "as in a bundle that has no such number"
    in_order = Lines(LikesTheSeldomOne(), TOKENIZER).after("밥 먹자", 4, 0, np.random.default_rng(1))
    assert [line.text for line in in_order] == ["나 집에 가", "집에 가🎉🎉"]


def test_many_morphemes_are_several_lines_and_each_seed_has_others() -> None:
    texts = {speaker_with().say("밥", 14, 0.8, seed).text for seed in range(20)}
    assert len(texts) > 1
    assert all(set(text.split("\n")[1:]) & set(LINES) for text in texts)


def test_a_bundle_with_a_picker_has_its_lines_follow(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    folder = add_picker(write_bundle(tmp_path / "bundle"), ["윤혜 오늘 밥", "오늘 윤혜"])
    said = [open_models(folder, "cpu").speaker.say("오늘", 12, 0.8, seed).text.split("\n") for seed in range(6)]
    assert any({"윤혜 오늘 밥", "오늘 윤혜"} & {*lines[1:]} for lines in said)
