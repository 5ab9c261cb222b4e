"""What the filter was given is recognised by its letters alone, and hardly anything else is."""

import random
from pathlib import Path

import pytest

from bot.bundle import BundleError, VerbatimFilter
from bot.bundle.verbatim import joined, letters_of

SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣"), 28)]


def _passages(number: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    return [letters_of("".join(dice.choices(SYLLABLES, k=dice.randrange(6, 20)))) for _ in range(number)]


def test_every_passage_and_message_is_recognised_after_a_trip_to_disk(tmp_path: Path) -> None:
    passages = _passages(500, 7)
    path = tmp_path / "verbatim.bin"
    path.write_bytes(VerbatimFilter.of(passages, ["나도갈게"], ["나도!"]).to_bytes())
    heard = VerbatimFilter.open(path)
    for passage in passages:
        assert heard.ends_passage("그런데" + passage[:-1], passage[-1:])
        assert heard.ends_passage(passage[:2], passage[2:])
    assert heard.is_message("나도 갈게")
    assert heard.is_message("나도!")


def test_what_was_never_said_is_let_through() -> None:
    heard = VerbatimFilter.of(_passages(500, 7), _passages(500, 9))
    other = _passages(5_000, 8)
    assert sum(heard.ends_passage(passage[:-1], passage[-1:]) for passage in other) < 25
    assert sum(map(heard.is_message, other)) < 5


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("강아지 산책 좀 시켜 줄", "사람"),
        ("강아지산책좀 시켜줄", " 사람"),
        ("강아지, 산책~ 좀... 시켜 줄 (", "사람"),
        ("누가 강아아아지 산책 좀 시켜", " 줄사람이"),
        ("강아지 산책 좀 시켜 줄 사람", "?"),
    ],
)
def test_neither_blanks_nor_signs_nor_another_cut_make_a_difference(said: str, more: str) -> None:
    heard = VerbatimFilter.of([letters_of("강아지 산책 좀 시켜 줄 사람")])
    assert heard.ends_passage(letters_of(said), letters_of(more))


def test_the_words_before_the_end_and_after_it_are_free() -> None:
    heard = VerbatimFilter.of([letters_of("강아지 산책 좀 시켜 줄 사람")])
    assert not heard.ends_passage(letters_of("강아지 산책 좀 시켜"), letters_of("줄"))
    assert not heard.ends_passage(letters_of("강아지 산책 좀 시켜 줄"), letters_of("엄마"))
    assert not heard.ends_passage(letters_of("강아지 산책 좀 시켜 줄 사람"), letters_of("이"))


def test_letters_are_plain_small_and_once() -> None:
    assert letters_of("ＡＢc  Ab, ㅋㅋㅋㅋ! 2①🎉") == letters_of("abcab") + letters_of("ㅋ") + "21"
    assert letters_of("ㅋㅋ") == letters_of("ㅋ")
    assert joined(letters_of("그래 ㅋㅋ"), letters_of("ㅋㅋ 응")) == letters_of("그래ㅋ응")


def test_a_message_is_held_by_its_letters_or_by_its_signs() -> None:
    heard = VerbatimFilter.of([], ["나도갈게"], ["그래?!"])
    assert [heard.is_message(text) for text in ("나도 갈게 🎉", "나도 갈게요", "그래 ?!", "그래", "그래!")] == [
        *(True, False, True, False, False)
    ]


def test_an_empty_filter_holds_nothing_back() -> None:
    heard = VerbatimFilter.of([])
    assert not heard.ends_passage("나도갈", "게")
    assert not heard.is_message("나도 갈게")


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
