"""The vocabulary is the most frequent pieces, the same for the same lines in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundle.tokenizer import SPECIALS, UNKNOWN
from training.text.tokenization.vocabulary import build

LINES = [("▁밥", "먹자"), ("▁밥", "▁밥"), ("▁술",), ("▁가",)]


def test_keeps_the_most_frequent_pieces_and_their_counts():
    tokenizer = build(LINES, size=2)
    assert tokenizer.pieces == (*SPECIALS, "▁밥", "▁가")
    assert tokenizer.counts[3:] == (3, 1)


def test_counts_what_was_left_out_and_the_lines():
    assert build(LINES, size=2).counts[:3] == (2, 4, 4)


def test_a_piece_left_out_is_unknown():
    assert build(LINES, size=2).ids_of(LINES[0]) == [3, UNKNOWN]


@given(st.permutations(LINES))
def test_the_order_of_the_lines_makes_no_difference(lines):
    assert build(lines).pieces == build(LINES).pieces


def test_fewer_pieces_than_asked_for_are_all_kept():
    assert len(build(LINES)) == len(SPECIALS) + 4


@pytest.mark.parametrize(("lines", "size"), [([], 10), ([()], 10), (LINES, 0)])
def test_a_vocabulary_of_nothing_is_refused(lines, size):
    with pytest.raises(ValueError, match=r"none|nothing"):
        build(lines, size)
