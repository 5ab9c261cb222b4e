"""The numbers of a text: the same in every process, for any text, within their bounds."""

from hashlib import sha256

import pytest

from bot.bundle.hashed_ngrams import BUCKETS, LONGEST, ngrams


def test_numbers_are_the_same_in_every_process_and_for_all_time() -> None:
    """A picker that was trained with others would pick at random, and nobody would see it."""
    numbers = [ngrams(text) for text in ("오늘 뭐 먹지", "ㅋㅋ", "OK 😂")]
    assert sha256(repr(numbers).encode()).hexdigest()[:16] == "babe9420ad59f346"


def test_words_that_look_alike_share_numbers_and_others_hardly_any() -> None:
    eat, eaten, exam = (set(ngrams(text)) for text in ("먹었어", "먹었다", "시험"))
    assert len(eat & eaten) >= 3
    assert not eat & exam


@pytest.mark.parametrize("text", ["가" * 5000, "밥 " * 3000, "😂", "\u1112\u1161\u11ab", "A", "１２", "?"])
def test_any_text_has_numbers_within_bounds_each_once(text: str) -> None:
    numbers = ngrams(text)
    assert 0 < len(numbers) <= LONGEST
    assert all(1 <= number <= BUCKETS for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\n"])
def test_a_text_without_anything_visible_has_none(text: str) -> None:
    assert ngrams(text) == []


def test_spelling_that_nobody_sees_makes_no_difference() -> None:
    assert ngrams("각 ok") == ngrams("\u1100\u1161\u11a8  OK\u200b")
