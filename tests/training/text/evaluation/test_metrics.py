"""The numbers in the table at the end of a training mean what they say."""

import math

import pytest

from bot.bundle import SPECIALS, Tokenizer
from training.text.evaluation import metrics


@pytest.fixture
def tokenizer():
    return Tokenizer([*SPECIALS, "▁윤혜", "야", "▁생일", "▁아", "니"], [0, 0, 0, 9, 5, 4, 1, 1])


def test_perplexity_of_a_fair_choice_is_the_number_of_choices():
    assert metrics.perplexity(50 * math.log(1 / 8), 50) == pytest.approx(8)


def test_bits_are_shared_by_the_characters_that_could_be_foretold(tokenizer):
    # ▁윤혜, 야 and the end are five characters; the unknown piece is none.
    assert metrics.bits_per_character(-10 * math.log(2), [("▁윤혜", "야", "▁뷁쉙")], tokenizer) == pytest.approx(2)


def test_distinct_counts_different_ngrams_across_lines():
    lines = [(1, 2, 1, 2), (1, 2)]
    assert metrics.distinct(lines, 1) == pytest.approx(2 / 6)
    assert metrics.distinct(lines, 2) == pytest.approx(2 / 4)


def test_distinct_of_nothing_is_nothing():
    assert metrics.distinct([(1,), ()], 2) == 0


def test_unknown_rate_is_the_share_of_pieces_left_out(tokenizer):
    assert metrics.unknown_rate([("▁윤혜", "야"), ("▁뷁", "▁생일")], tokenizer) == pytest.approx(1 / 4)
    assert metrics.unknown_rate([], tokenizer) == 0


def test_only_long_lines_count_as_repeated():
    learnt = [(1, 2, 3, 4, 5, 6), (7, 8)]
    assert metrics.verbatim_share([(7, 8), (1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 5, 9)], learnt) == pytest.approx(1 / 2)
    assert metrics.verbatim_share([(7, 8)], learnt) == 0


def test_full_agreement_is_one_throughout(tokenizer):
    same = metrics.agreement(tokenizer, [("▁윤혜", "야", "▁생일"), ("▁생일",)])
    assert same == metrics.Agreement(words=1, known_words=1, messages=1, precision=1, recall=1)


def test_disagreement_is_counted_by_word_by_message_and_by_cut(tokenizer):
    # Okt has one piece where the bot makes ▁아·니 of it: two known ids instead of an unknown one.
    told = metrics.agreement(tokenizer, [("▁윤혜", "야", "▁생일"), ("▁아니", "▁생일")])
    assert told.words == pytest.approx(3 / 4)
    assert told.known_words == 1
    assert told.messages == pytest.approx(1 / 2)
    assert told.precision == pytest.approx(1 / 2)
    assert told.recall == 1


def test_unknown_pieces_side_by_side_read_as_one(tokenizer):
    assert metrics.agreement(tokenizer, [("▁뷁", "쉙", "▁생일")]).messages == 1


def test_nothing_to_compare_is_no_agreement(tokenizer):
    assert metrics.agreement(tokenizer, []).words == 0
