"""What the filter was given is recognised by its letters alone, and hardly anything else is."""

import random
from pathlib import Path

import pytest

from bot.bundle import BundleError, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling

said = Spelling.of

SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 28)]


def letters_of(text: str) -> str:
    return said(text).letters


def _passages(number: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [letters_of("".join(dice.choices(SYLLABLES, k=dice.randrange(6, 20)))) for _ in range(number)]


def test_every_passage_and_message_is_recognised_after_a_trip_to_disk(tmp_path: Path) -> None:
    passages = _passages(500, 7)
    path = tmp_path / "verbatim.bin"
    path.write_bytes(VerbatimFilter.of(Held(passages, ["나도갈게"]), Held(["그래그래?!"], ["나도!"])).to_bytes())
    heard = VerbatimFilter.open(path)
    for passage in passages:
        assert heard.ends_passage(said("그런데" + passage[:-1]), said(passage[-1:]))
        assert heard.ends_passage(said(passage[:2]), said(passage[2:]))
    assert heard.ends_passage(said("아 그래 그래?"), said("!"))
    assert heard.is_message(said("나도 갈게"))
    assert heard.is_message(said("나도!"))


def test_what_was_never_said_is_let_through() -> None:
    heard = VerbatimFilter.of(Held(_passages(500, 7), _passages(500, 9)))
    other = _passages(5_000, 8)
    assert sum(heard.ends_passage(said(passage[:-1]), said(passage[-1:])) for passage in other) < 25
    assert sum(heard.is_message(said(passage)) for passage in other) < 5


@pytest.mark.parametrize(
    ("before", "more"),
    [
        ("강아지 산책 좀 시켜 줄", "사람"),
        ("강아지산책좀 시켜줄", " 사람"),
        ("강아지, 산책~ 좀... 시켜 줄 (", "사람"),
        ("누가 강아아아지 산책 좀 시켜", " 줄사람이"),
        ("강아지 산책 좀 시켜 줄 사람", "?"),
    ],
)
def test_neither_blanks_nor_signs_nor_another_cut_make_a_difference_to_letters(before: str, more: str) -> None:
    heard = VerbatimFilter.of(Held([letters_of("강아지 산책 좀 시켜 줄 사람")]))
    assert heard.ends_passage(said(before), said(more))


def test_the_words_before_the_end_and_after_it_are_free() -> None:
    heard = VerbatimFilter.of(Held([letters_of("강아지 산책 좀 시켜 줄 사람")]))
    assert not heard.ends_passage(said("강아지 산책 좀 시켜"), said("줄"))
    assert not heard.ends_passage(said("강아지 산책 좀 시켜 줄"), said("엄마"))
    assert not heard.ends_passage(said("강아지 산책 좀 시켜 줄 사람"), said("이"))


def test_signs_are_held_back_with_just_these_signs() -> None:
    heard = VerbatimFilter.of(Held(), Held(["생일축하해🎉"]))
    assert heard.ends_passage(said("윤혜야 생일 축하해"), said("🎉"))
    assert not heard.ends_passage(said("윤혜야 생일 축하해"), said("💕"))
    assert not heard.ends_passage(said("윤혜야 생일 축하"), said("해"))


def test_letters_are_plain_small_and_once() -> None:
    assert letters_of("ＡＢc  Ab, ㅋㅋㅋㅋ! 2①🎉") == letters_of("abcab") + letters_of("ㅋ") + "21"
    assert letters_of("ㅋㅋ") == letters_of("ㅋ")
    assert said("그래 ㅋㅋ").then(said("ㅋㅋ 응!")) == (letters_of("그래ㅋ응"), "그래ㅋㅋㅋㅋ응!")


def test_a_message_is_held_by_its_letters_or_by_its_signs() -> None:
    heard = VerbatimFilter.of(Held((), ["나도갈게"]), Held((), ["그래?!"]))
    held = ("나도 갈게 🎉", "그래 ?!")
    free = ("나도 갈게요", "그래", "그래!", "나도?!")
    assert [heard.is_message(said(text)) for text in (*held, *free)] == [True] * 2 + [False] * 4


def test_an_empty_filter_holds_nothing_back() -> None:
    heard = VerbatimFilter.of(Held())
    assert not heard.ends_passage(said("나도 갈"), said("게"))
    assert not heard.is_message(said("나도 갈게"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"something else", r"verbatim\.bin is not a filter"),
        (b"dantok verbatim 1\n" + b"\xff" * 64, "of another version .* export them again"),
        (b"dantok verbatim 2\n", "is not a filter"),
        (b"dantok verbatim 2\n\x09\x00\x04", "is not a filter"),
    ],
)
def test_another_file_is_refused_by_name(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "verbatim.bin"
    path.write_bytes(content)
    with pytest.raises(BundleError, match=sentence):
        VerbatimFilter.open(path)
