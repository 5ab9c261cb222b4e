"""Answers: where candidates come from, which is picked, and what never comes out."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.bundle import BundleError
from bot.bundle.verbatim import Spelling
from bot.inference.answerer import Answerer, Kind, least_likely
from bot.inference.batching import alone
from bot.inference.models import open_models
from tests.bot.inference.pickers import add_picker

LINES = ("진짜 대박이다", "시험 망했다 같이 울자", "내일 보자", "ㅋㅋㅋ")


@pytest.fixture
def with_picker(write_bundle: Callable[..., Path], tmp_path: Path) -> Callable[..., Answerer]:
    def opened(
        *lines: str, heard: tuple[str, ...] | None = None, perplexity: float = 1e9, **thresholds: float
    ) -> Answerer:
        folder = write_bundle(tmp_path / "bundle", heard=heard, perplexity=perplexity)
        add_picker(folder, lines or LINES, **thresholds)
        return open_models(folder, "cpu").answerer

    return opened


@pytest.fixture
def voice_alone(bundle: Path) -> Answerer:
    return open_models(bundle, "cpu").answerer


def texts(answerer: Answerer, message: str, count: int = 12, **more: Any) -> list[Any]:
    return [alone(answerer.answering(message, "윤혜", 0.8, seed, **more)) for seed in range(count)]


def test_the_voice_alone_goes_on_from_a_word_of_the_message(voice_alone: Answerer) -> None:
    answers = texts(voice_alone, "내일 시험 이랬는데")
    assert {answer.kind for answer in answers} == {Kind.VOICE}
    assert all(answer.text.startswith(("내일", "시험")) for answer in answers)
    assert all(len(answer.text) > len("내일") for answer in answers)
    assert len({answer.text for answer in answers}) > 3


def test_without_a_known_word_it_goes_on_from_the_name_of_who_asks_if_it_knows_that(voice_alone: Answerer) -> None:
    assert all(answer.text.startswith("윤혜") for answer in texts(voice_alone, "쀍쀍 😶"))
    assert alone(voice_alone.answering("쀍쀍", "정훈", 0.8)) is None
    assert alone(voice_alone.answering("", "정훈", 0.8)) is None
    assert alone(voice_alone.answering("쀍쀍", "윤혜" * 7, 0.8)) is None
    assert alone(voice_alone.answering("쀍쀍", "", 0.8)) is None


def test_a_seed_repeats_an_answer(voice_alone: Answerer, with_picker: Callable[..., Answerer]) -> None:
    for answerer in (voice_alone, with_picker(sure=99)):
        assert texts(answerer, "오늘 밥 먹으러 가자") == texts(answerer, "오늘 밥 먹으러 가자")


def test_a_line_that_surely_fits_is_said_as_several_people_say_it(with_picker: Callable[..., Answerer]) -> None:
    answers = texts(with_picker(), "나 시험 망했다")
    assert {(answer.kind, answer.text) for answer in answers} == {(Kind.LINE, "시험 망했다 같이 울자")}


def test_where_no_line_surely_fits_the_voice_answers(with_picker: Callable[..., Answerer]) -> None:
    assert {answer.kind for answer in texts(with_picker(sure=99), "나 시험 망했다")} == {Kind.VOICE}


def test_where_nothing_fits_it_is_silent_if_it_may(with_picker: Callable[..., Answerer]) -> None:
    answerer = with_picker(sure=99, silent=98)
    assert texts(answerer, "오늘 밥", may_be_silent=True) == [None] * 12
    assert None not in texts(answerer, "오늘 밥")


def test_the_picker_does_not_count_the_word_that_the_voice_took_from_the_message(
    with_picker: Callable[..., Answerer],
) -> None:
    # Of "오늘" all is the message's; what follows has nothing of it.
    answers = texts(with_picker(sure=99, silent=0.5), "오늘", may_be_silent=True)
    assert None in answers


def test_the_message_itself_is_no_answer(with_picker: Callable[..., Answerer]) -> None:
    answers = texts(with_picker(sure=1), "진짜 대박이다!!")
    assert "진짜 대박이다" not in {answer.text for answer in answers if answer}


def test_what_the_voice_finds_unlikely_for_how_good_it_is_is_not_said_with_a_picker_or_without(
    with_picker: Callable[..., Answerer], write_bundle: Callable[..., Path], tmp_path: Path
) -> None:
    said, careful = (texts(with_picker(sure=99, perplexity=perplexity), "나 시험 망했다") for perplexity in (1e9, 1.5))
    assert None not in said
    assert careful == [None] * 12
    voice_alone = open_models(write_bundle(tmp_path / "alone", perplexity=1.5), "cpu").answerer
    assert texts(voice_alone, "나 시험 망했다") == careful


def test_the_bar_for_a_voice_is_as_high_as_the_voice_is_good() -> None:
    assert 0 > least_likely({"perplexity": 10}) > least_likely({"perplexity": 100})
    for unmeasured in ({}, {"perplexity": 1.0}, {"perplexity": -3.0}):
        assert least_likely(unmeasured) == -math.inf


def test_to_a_word_that_the_room_never_says_no_line_is_an_answer(with_picker: Callable[..., Answerer]) -> None:
    answerer = with_picker()
    assert answerer.sure_line("나 시험 망했다 OK? 3등") is None
    line = answerer.sure_line("나 시험 망했다 OK? 3 !!")
    assert line is not None
    assert line.text == "시험 망했다 같이 울자"
    assert {answer.kind for answer in texts(answerer, "퇴근하고 나 시험 망했다")} == {Kind.VOICE}


def test_a_line_that_seldom_answers_has_to_fit_better_and_one_that_is_said_unasked_best(
    with_picker: Callable[..., Answerer],
) -> None:
    fits, other = "시험 망했다 같이 울자", ("내일 보자", "ㅋㅋㅋ", "왜", "진짜?", "그래", "또?", "가자")
    bars = {"sure": 99.0, "sure_line": 9.0, "surest_line": 10.0, "seldom": 5.0}
    first, last = with_picker(fits, *other, **bars), with_picker(*other, fits, **bars)
    assert {answer.text for answer in texts(first, "나 시험 망했다")} == {fits}
    assert {answer.kind for answer in texts(last, "나 시험 망했다")} == {Kind.VOICE}
    assert first.sure_line("나 시험 망했다") is not None
    assert with_picker(fits, **{**bars, "surest_line": 99}).sure_line("나 시험 망했다") is None


def test_nothing_goes_on_from_a_word_that_hangs_on_others(voice_alone: Answerer) -> None:
    assert all(answer.text.startswith(("시험", "내일")) for answer in texts(voice_alone, "나 왜 시험 내일"))


def test_an_answer_does_not_go_on_as_the_message_did(voice_alone: Answerer) -> None:
    def goes_on(message: str) -> set[str]:
        answers = [alone(voice_alone.answering(message, "윤혜", 2.0, seed)) for seed in range(30)]
        return {answer.own[0] for answer in answers if answer and answer.text.startswith("오늘")}

    begun = {letter for letter in goes_on("오늘") if "가" <= letter <= "힣"}
    assert begun
    for letter in begun:
        assert letter not in goes_on(f"오늘 {letter}")
        assert goes_on(f"오늘 {letter}")


def test_who_asks_for_another_gets_another(with_picker: Callable[..., Answerer], voice_alone: Answerer) -> None:
    answers = texts(with_picker(), "나 시험 망했다", previous="시험 망했다 같이 울자!")
    assert {answer.kind for answer in answers} == {Kind.VOICE}
    both = with_picker("시험 망했다 같이 울자", "시험이 뭔데 망했다")
    again = {answer.text for answer in texts(both, "나 시험 망했다", previous="시험 망했다 같이 울자")}
    assert "시험 망했다 같이 울자" not in again
    assert len(again) > 1
    first = alone(voice_alone.answering("오늘", "윤혜", 0.0, 1))
    assert first is not None
    assert alone(voice_alone.answering("오늘", "윤혜", 0.0, 1, previous=first.text)) is None


def test_what_was_refused_is_no_answer(with_picker: Callable[..., Answerer]) -> None:
    refused = frozenset({"시험 망했다 같이 울자"})
    answers = texts(with_picker(), "나 시험 망했다", refused=refused)
    assert {answer.kind for answer in answers} == {Kind.VOICE}
    assert not {Spelling.of(answer.text).letters for answer in answers} & {Spelling.of(*refused).letters}


def test_the_filter_holds_for_lines_too(with_picker: Callable[..., Answerer]) -> None:
    """A bundle that was put together by hand brings no words of one person."""
    answers = texts(with_picker(heard=("시험 망했다 같이 울자",)), "나 시험 망했다")
    assert "시험 망했다 같이 울자" not in {answer.text for answer in answers}


@pytest.mark.parametrize("message", ["가" * 2000, "밥 " * 900, "😂" * 500, "ㅋ", "@everyone", "오늘\u200b", "?"])
def test_any_message_is_answered_or_not(with_picker: Callable[..., Answerer], message: str) -> None:
    for answer in texts(with_picker(sure=2), message, 3):
        assert answer is None or 0 < len(answer.text) < 200


@pytest.mark.parametrize("lines", ['{"a": 1}', "[1]", '[""]', "[", '["' + "가" * 201 + '"]', '"밥"', "[null]"])
def test_lines_that_are_none_are_refused_in_a_sentence(
    write_bundle: Callable[..., Path], tmp_path: Path, lines: str
) -> None:
    folder = add_picker(write_bundle(tmp_path / "bundle"), LINES)
    before = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "lines.json").write_text(lines, encoding="utf-8")
    from bot.bundle import sha256_of

    before["models"]["picker"]["lines"]["sha256"] = sha256_of(folder / "lines.json")
    (folder / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    with pytest.raises(BundleError, match=r"lines\.json .*export the bundle again"):
        open_models(folder, "cpu")


def test_a_picker_that_does_not_say_when_it_is_sure_is_refused(
    write_bundle: Callable[..., Path], tmp_path: Path, edit_manifest: Callable[..., None]
) -> None:
    folder = add_picker(write_bundle(tmp_path / "bundle"), LINES)
    edit_manifest(folder, lambda content: content["models"]["picker"]["metrics"].pop("sure"))
    with pytest.raises(BundleError, match="from which score on it is 'sure'"):
        open_models(folder, "cpu")
