"""What follows a sentence: a line of everybody's that fits, another sentence about the same word, or any line."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import END, SPECIALS, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.lines import Lines, echoes, stutters
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
    thresholds = Thresholds(sure=5, silent=0, surest=5, seldom=0)

    def __init__(self, *order: str) -> None:
        self._order = order

    def line_scores(self, message: str) -> np.ndarray:
        del message
        return np.array([9.0 * (line in self._order) for line in LINES], np.float32)


class Ends(OfOneLength):
    """A network that ends every sentence after two more pieces, of which the first is 먹자."""

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.full((len(ids), len(PIECES)), -20, np.float32)
        rows[:, PIECES.index("▁먹자") if ids.shape[1] < 3 else PIECES.index("▁배고파")] = 0
        rows[:, 2] = 9 if ids.shape[1] >= 4 else -99
        return rows


class Sentences(OfOneLength):
    """A network that goes on from one word in two ways, and hardly has any other sentence."""

    after_a_word = ("▁먹자", "▁배고파", "▁가"), ("도", "▁집", "에", "▁가")

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.full((len(ids), len(PIECES)), -20, np.float32)
        for row, begun in zip(rows, ids.tolist(), strict=True):
            for sentence in self.after_a_word:
                numbers = [*map(PIECES.index, sentence), END]
                if numbers[: len(begun) - 2] == begun[2:]:
                    row[numbers[len(begun) - 2]] = 0
        return rows


def after(text: str, left: int, seed: int = 1) -> list[str]:
    following = Lines(Likes(), TOKENIZER).after([text], left, 0.8, np.random.default_rng(seed))
    return [line.text for line in (*following.sure, *following.others)]


def speaker_with(*liked: str, heard: VerbatimFilter | None = None) -> Speaker:
    return Speaker(Ends(), TOKENIZER, heard, Lines(Likes(*liked), TOKENIZER))


@pytest.mark.parametrize(("liked", "n", "said"), [("집에 가🎉🎉", 6, "집에 가🎉🎉"), ("나 집에 가", 6, "나 집에 가")])
@pytest.mark.parametrize("temperature", [0, 0.8])
def test_a_line_of_as_many_morphemes_as_are_left_follows(liked: str, n: int, said: str, temperature: float) -> None:
    answer = speaker_with(liked).say("밥", n, temperature, seed=3)
    assert answer.text == f"밥 먹자 배고파 {said}"
    assert len(answer.pieces) == n


def test_the_shortest_answer_that_a_line_can_follow_has_one() -> None:
    assert {speaker_with("가").say("밥", 3, 0.8, seed).text for seed in range(9)} == {"밥 먹자 배고파 가"}


def test_a_line_that_would_repeat_somebody_or_is_refused_is_passed_over() -> None:
    heard = VerbatimFilter.of(Held([Spelling.of("배고파 나 집에").letters]))
    assert speaker_with("나 집에 가", heard=heard).say("밥", 6, 0.8, seed=1).text == "밥 먹자 배고파 집에 가🎉🎉"
    refused = frozenset({"집에 가🎉🎉"})
    texts = {speaker_with().say("밥", 6, 0.8, seed, refused=refused).text for seed in range(9)}
    assert texts == {"밥 먹자 배고파 나 집에 가"}


def test_what_the_voice_does_not_know_or_was_just_said_does_not_follow() -> None:
    assert after("나는 배고파", 3) == ["나도 배고파"]
    assert {*after("밥 먹자", 4)} == {"나 집에 가", "집에 가🎉🎉"}
    assert not after("집에 가자", 4)
    assert not echoes("나도 배고파", Spelling.of("배고파?"))
    assert echoes("배고파", Spelling.of("배고파?"))


def test_a_line_that_fits_surely_comes_first_and_of_others_the_usual_ones_rather() -> None:
    following = Lines(Likes("집에 가🎉🎉"), TOKENIZER).after(["밥 먹자"], 4, 0.8, np.random.default_rng(1))
    assert [line.text for line in following.sure] == ["집에 가🎉🎉"]
    assert [line.text for line in following.others] == ["나 집에 가"]


def test_where_nothing_surely_fits_a_laugh_comes_rather_than_a_line_that_is_as_usual() -> None:
    said = [after("밥 먹자", 1, seed)[0] for seed in range(200)]
    assert said.count("ㅋㅋㅋ") > said.count("가") > 0


def test_a_line_does_not_say_again_what_another_one_said() -> None:
    lines = Lines(Likes("나 집에 가"), TOKENIZER)
    rng = np.random.default_rng(1)
    assert [line.text for line in lines.after(["밥 먹자"], 4, 0.8, rng).sure] == ["나 집에 가"]
    assert not lines.after(["밥 먹자", "집에 와"], 4, 0.8, rng).sure


@pytest.mark.parametrize("text", ["이제 내 거 내 거", "왜 왜 이래", "로그인하고 바로 로그인하고 나감"])
def test_a_word_that_comes_again_is_a_stutter(text: str) -> None:
    assert stutters(text)


def test_a_short_word_that_comes_again_elsewhere_is_none() -> None:
    assert not stutters("안 가면 안 돼")


def test_where_no_line_fits_surely_another_sentence_about_the_word_follows() -> None:
    speaker = Speaker(Sentences(), TOKENIZER, None, Lines(Likes(), TOKENIZER))
    texts = {speaker.say("밥", 8, 0.8, seed).text for seed in range(20)}
    assert texts == {"밥 먹자 배고파 가 밥도 집에 가", "밥도 집에 가 밥 먹자 배고파 가"}
    speaker = Speaker(Sentences(), TOKENIZER, None, Lines(Likes("나도 배고파"), TOKENIZER))
    texts = {speaker.say("밥", 8, 0.8, seed).text for seed in range(20)}
    assert {text.startswith("밥 먹자 배고파 가 나도 배고파") for text in texts if text.startswith("밥 먹자")} == {True}


def test_without_lines_another_sentence_about_the_word_follows_too_if_it_repeats_nobody() -> None:
    texts = {Speaker(Sentences(), TOKENIZER).say("밥", 8, 0.8, seed).text for seed in range(20)}
    assert texts == {"밥 먹자 배고파 가 밥도 집에 가", "밥도 집에 가 밥 먹자 배고파 가"}
    heard = VerbatimFilter.of(Held([Spelling.of("가 밥도 집에").letters]))
    texts = {Speaker(Sentences(), TOKENIZER, heard).say("밥", 8, 0.8, seed).text for seed in range(20)}
    assert "밥 먹자 배고파 가 밥도 집에 가" not in texts


def test_many_morphemes_are_several_lines_and_each_seed_has_others() -> None:
    texts = {speaker_with().say("밥", 14, 0.8, seed).text for seed in range(20)}
    assert len(texts) > 1
    assert all(set(text.split("\n")[1:]) & set(LINES) for text in texts)


def test_a_bundle_with_a_picker_has_its_lines_follow(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    folder = add_picker(write_bundle(tmp_path / "bundle"), ["윤혜 오늘 밥", "오늘 윤혜"])
    said = [open_models(folder, "cpu").speaker.say("오늘", 12, 0.8, seed).text.split("\n") for seed in range(6)]
    assert any({"윤혜 오늘 밥", "오늘 윤혜"} & {*lines[1:]} for lines in said)
