"""What may be asked, and what a button remembers of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundle import normalise
from bot.features.say.request import CUSTOM_ID, Request
from bot.features.typed import MOST_CHARACTERS
from bot.i18n import UnknownButtonError, UserFacingError


def _sentences(word: str = "윤혜", n: int = 5, temperature: float = 0.8, seed: int | None = None) -> list[str]:
    with pytest.raises(UserFacingError) as refused:
        Request.checked(word, n, temperature, seed)
    return [refused.value.sentence(locale) for locale in ("ko", "en-US")]


def test_a_word_is_kept_as_it_will_be_shown() -> None:
    assert Request.checked(" \u200b윤혜\n생일 ", 5, 0.8, 7) == Request("윤혜 생일", 5, 0.8, 7)


@pytest.mark.parametrize(
    ("typed", "word", "n"),
    [
        ("윤혜 5", "윤혜", 5),
        (" 오늘  점심 \u200b 12 ", "오늘 점심", 12),
        ("윤혜\n50", "윤혜", 50),
        ("3월 5", "3월", 5),
        ("윤혜 07", "윤혜", 7),
        ("윤혜 ５", "윤혜", 5),
        ("1 2 3", "1 2", 3),
    ],
)
def test_a_count_behind_the_word_is_the_count_where_none_was_given(typed: str, word: str, n: int) -> None:
    assert Request.typed(typed, None, 0.8, 7) == Request(word, n, 0.8, 7, n_in_word=True)
    assert Request.typed(typed, 9, 0.8, 7) == Request(normalise(typed), 9, 0.8, 7)


@pytest.mark.parametrize(
    "typed",
    ["윤혜", "5", " 5 ", "윤혜5", "윤혜 5개", "윤혜 0", "윤혜 51", "월드컵 2026", "윤혜 -5", "윤혜 2.5"],
)
def test_what_is_no_count_stays_in_the_word(typed: str) -> None:
    assert Request.typed(typed, None, 0.8, None) == Request(normalise(typed), None, 0.8)


@pytest.mark.parametrize("word", ["", " ", "\u200b\u200d", "\u3164", "\n\t", "\u202e"])
def test_nothing_to_see_is_refused_with_an_example(word: str) -> None:
    korean, english = _sentences(word)
    assert "/말해 윤혜 5" in korean
    assert "/say 윤혜 5" in english


def test_too_long_a_word_is_refused_with_the_limit() -> None:
    assert all(str(MOST_CHARACTERS) in sentence for sentence in _sentences("가" * (MOST_CHARACTERS + 1)))
    assert Request.checked("가" * MOST_CHARACTERS, 5, 0.8, None).word == "가" * MOST_CHARACTERS


@pytest.mark.parametrize(
    ("wrong", "korean", "english"),
    [({"n": 0}, "개수", "n goes"), ({"n": 51}, "50", "50"), ({"temperature": 2.1}, "엉뚱함", "boldness"),
     ({"seed": -1}, "번호", "number"), ({"seed": 2**32}, "4,294,967,295", "4,294,967,295")],
)  # fmt: skip
def test_a_number_out_of_range_is_named(wrong: dict[str, float], korean: str, english: str) -> None:
    sentences = _sentences(**wrong)
    assert korean in sentences[0]
    assert english in sentences[1]


@given(st.text(min_size=1, max_size=60), st.none() | st.integers(1, 50), st.floats(0, 2))
def test_a_button_remembers_all_but_the_seed(word: str, n: int | None, temperature: float) -> None:
    if not normalise(word):
        return
    request = Request.checked(word, n, temperature, 7)
    custom_id = request.custom_id()
    if custom_id is None:
        return
    assert len(custom_id) <= 100
    assert CUSTOM_ID.fullmatch(custom_id)
    assert Request.of_button(custom_id) == Request(request.word, n, request.temperature)


def test_a_word_too_long_for_a_button_has_none() -> None:
    assert Request("가" * 80, 50, 1.25).custom_id() is not None
    assert Request("가" * 100, 5, 0.8).custom_id() is None
    assert Request("😂" * 50, 5, 0.8).custom_id() is None


@pytest.mark.parametrize(
    "custom_id",
    ["say:99:0.8:윤혜", "say:0:0.8:윤혜", "say:5:9.9:윤혜", "say:٥:0.8:윤혜", "say:" + "9" * 40 + ":0.8:윤혜",
     "say:5:nan:윤혜", "say:5:0.8:", "say:5:0.8:\u200b", "say:5:0.8", "say:", "say::0.8:",
     "say:-1:0.8:윤혜", "say:5:-0.8:윤혜"],
)  # fmt: skip
def test_a_button_that_no_version_made_is_refused_and_not_obeyed(custom_id: str) -> None:
    assert CUSTOM_ID.fullmatch(custom_id)
    with pytest.raises(UnknownButtonError):
        Request.of_button(custom_id)


def test_another_of_the_likeliest_answer_is_a_livelier_one() -> None:
    assert Request("윤혜", 5, 0, 3).livelier(0.8) == Request("윤혜", 5, 0.8)
    assert Request("윤혜", 5, 1.2, 3).livelier(0.8) == Request("윤혜", 5, 1.2)
