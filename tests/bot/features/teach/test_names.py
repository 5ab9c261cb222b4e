"""Names of taught things: what can be one, and which are the same."""

import unicodedata

import pytest

from bot.features.teach.names import LONGEST, checked_name
from bot.i18n import UserFacingError


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("우리 고양이", unicodedata.normalize("NFD", "우리 고양이")),
        ("우리 고양이", "  우리   고양이 "),
        ("우리 고양이", "우리고양이"),
        ("Our Cat", "our cat"),
        ("Cat", "Ｃａｔ"),
        ("Straße", "STRASSE"),
        ("cat", "c\u200bat"),
    ],
)
def test_a_name_is_the_same_in_every_spelling(one: str, other: str) -> None:
    assert checked_name(one, set()).key == checked_name(other, set()).key


@pytest.mark.parametrize(("one", "other"), [("Anna", "Ana"), ("cat 1", "cat 2"), ("고양이", "고앵이"), ("🐱", "🐶")])
def test_other_names_are_others(one: str, other: str) -> None:
    assert checked_name(one, set()).key != checked_name(other, set()).key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "no_name"),
        (" \u200b\u2060 ", "no_name"),
        ("가" * (LONGEST + 1), "long_name"),
        ("<@123456789012345678>", "calling_name"),
        ("cat @everyone", "calling_name"),
        ("https://example.org", "calling_name"),
        ("discord.gg/abc", "calling_name"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_the_reason(typed: str, key: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        checked_name(typed, set())
    assert refused.value.key == key


@pytest.mark.parametrize("typed", ["바보", "바보 고양이", "바 보", "진짜 못 생긴 고양이야"])
def test_a_name_with_refused_words_in_it_is_refused(typed: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        checked_name(typed, {"바보", "못생긴 고양이"})
    assert refused.value.key == "refused_name"


def test_letters_of_a_refused_word_within_another_word_refuse_nothing() -> None:
    assert checked_name("바보온달 강아지", {"바보"}).text == "바보온달 강아지"
