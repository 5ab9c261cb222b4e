"""What is somebody's: said by fewer than three people, however often, and whatever the vocabulary has of it."""

import pytest

from bot.bundle import BEGIN, VerbatimFilter
from bot.bundle.verbatim import Spelling
from training.text.verbatim import PEOPLE, STRETCH, STRETCHES, Utterance, filter_of

LONG = ["▁강아지", "▁산책", "▁좀", "▁시켜", "▁줄", "▁사람"]
SHORT = ["▁감자", "▁열두", "▁개"]


def spelled(pieces: list[str]) -> str:
    return "".join(pieces).replace(BEGIN, " ")


def said_by(*people: str, pieces: list[str]) -> list[Utterance]:
    return [Utterance(who, place, pieces) for place, who in enumerate(people)]


def holds_back(heard: VerbatimFilter, text: str) -> bool:
    """Say whether the last letter of ``text`` would be held back."""
    return heard.ends_passage(Spelling.of(text[:-1]), Spelling.of(text[-1:]))


def is_message(heard: VerbatimFilter, text: str) -> bool:
    return heard.is_message(Spelling.of(text))


@pytest.mark.parametrize("pieces", [LONG, SHORT])
def test_three_people_make_it_everybodys_and_one_who_repeats_it_does_not(pieces: list[str]) -> None:
    everybody = filter_of(said_by("윤혜", "태오", "하람", pieces=pieces))
    pasted = filter_of(said_by("윤혜", "윤혜", "태오", "윤혜", "태오", "윤혜", pieces=pieces))
    assert not holds_back(everybody, spelled(pieces))
    assert not is_message(everybody, spelled(pieces))
    assert holds_back(pasted, "근데 " + spelled(pieces))
    assert is_message(pasted, spelled(pieces))


def test_every_run_of_six_is_held_back_and_nothing_shorter() -> None:
    heard = filter_of([Utterance("윤혜", 0, [*LONG, "▁없", "나"])])
    for run in ("강아지 산책 좀 시켜 줄 사람", "산책 좀 시켜 줄 사람 없", "좀 시켜 줄 사람 없나"):
        assert holds_back(heard, "오늘 " + run)
    assert not holds_back(heard, "강아지 산책 좀 시켜 줄")
    assert not holds_back(heard, "시켜 줄 사람 없나")


def test_two_morphemes_that_one_said_once_are_somebodys_where_one_of_them_is_rare() -> None:
    once = Utterance("윤혜", 0, ["▁감자", "탕"])
    heard = filter_of([once])
    assert is_message(heard, "감자탕!")
    assert not holds_back(heard, "어제 감자탕")
    assert not is_message(filter_of([once, once]), "감자탕"), "what is said again is no secret"
    others = [Utterance(who, 1, ["▁감자", "▁먹고", "탕"]) for who in ("태오", "하람", "민서")]
    assert not is_message(filter_of([once, *others]), "감자탕")


def test_a_short_message_that_others_say_within_longer_ones_is_free_but_as_the_whole_answer() -> None:
    others = [Utterance(who, 1, ["▁어제", *SHORT, "▁먹었어"]) for who in ("태오", "하람", "민서")]
    heard = filter_of([Utterance("윤혜", 0, SHORT), *others])
    assert not holds_back(heard, "나는 감자 열두 개")
    assert is_message(heard, "감자 열두 개!")


def test_a_message_of_runs_that_are_everybodys_is_still_somebodys() -> None:
    halves = [Utterance(who, 0, LONG) for who in ("태오", "하람", "민서")]
    heard = filter_of([*halves, Utterance("윤혜", 3, ["▁나", *LONG])])
    assert not holds_back(heard, "어제 강아지 산책 좀 시켜 줄 사람")
    assert holds_back(heard, "어제 나 강아지 산책 좀 시켜 줄 사람")


def test_a_sign_of_somebodys_is_held_back_and_the_words_of_everybody_are_not() -> None:
    plain = [Utterance(who, 0, SHORT) for who in ("태오", "하람", "민서")]
    heard = filter_of([*plain, Utterance("윤혜", 3, [*SHORT, "?!"])])
    assert is_message(heard, "감자 열두 개 ?!")
    assert heard.ends_passage(Spelling.of("감자 열두 개"), Spelling.of("?!"))
    assert not is_message(heard, "감자 열두 개")
    assert not is_message(heard, "감자 열두 개 ㅎ")
    assert not holds_back(heard, "나는 감자 열두 개")


def test_where_nobody_is_named_it_takes_five_stretches_of_the_file() -> None:
    close = [Utterance("", place, LONG) for place in range(STRETCH)]
    far = [Utterance("", place * STRETCH, LONG) for place in range(STRETCHES)]
    assert holds_back(filter_of(close), spelled(LONG))
    assert holds_back(filter_of(far[1:]), spelled(LONG))
    assert not holds_back(filter_of(far), spelled(LONG))
    named = [Utterance(who, 0, LONG) for who in ("윤혜", "태오")]
    assert holds_back(filter_of(named + far[:1]), spelled(LONG))
    assert not holds_back(filter_of(named + far[:2]), spelled(LONG))
    assert PEOPLE == 3
