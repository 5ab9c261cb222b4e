"""The model is the one in Chen & Goodman's report, and its probabilities are probabilities."""

import math
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.bundle.tokenizer import END, START, UNKNOWN
from training.text.evaluation import kneser_ney
from training.text.evaluation.kneser_ney import KneserNey

VOCABULARY = 12


def rows_of(random, number):
    """Return rows in which what follows depends on what stands before, with unknown pieces among them."""
    rows = []
    for _ in range(number):
        row = [START]
        while len(row) < 9 and (piece := (row[-1] * 3 + int(random.geometric(0.4))) % VOCABULARY) not in (START, END):
            row.append(piece)
        rows.append([*row, END])
    return rows


@pytest.fixture(scope="module")
def rows():
    return rows_of(np.random.default_rng(7), 400)


@pytest.fixture(scope="module")
def model(rows):
    return KneserNey(VOCABULARY, order=4).fit(rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([UNKNOWN, *range(3, VOCABULARY)]), max_size=6))
def test_probabilities_after_any_prefix_sum_to_one(model, prefix):
    chances = model.next_piece([START, *prefix])
    assert chances.sum() == pytest.approx(1)
    assert (np.delete(chances, [UNKNOWN, START]) > 0).all()


def test_unknown_and_start_never_come_out(model):
    assert (model.next_piece([START, 4])[[UNKNOWN, START]] == 0).all()
    some = [5, UNKNOWN, 2, 5]
    assert (model.next_piece([START, 4], some) == model.next_piece([START, 4])[some]).all()


@pytest.mark.parametrize("prefix", [[START], [START, 5], [START, UNKNOWN, 4, 7, 3]])
def test_what_is_drawn_from_is_what_is_measured(model, prefix):
    pieces = [END, *range(3, VOCABULARY)]
    measured = [np.exp(model.log_probabilities([[*prefix, piece]])[-1]) for piece in pieces]
    assert model.next_piece(prefix)[pieces] == pytest.approx(measured)


def counted(rows, order):
    """Return how often each n-gram of each length was seen that ends in a known piece."""
    raw = [Counter() for _ in range(order + 1)]
    for row in rows:
        for end in range(1, len(row)):
            for length in range(1, min(order, end + 1) + 1):
                raw[length][tuple(row[end - length + 1 : end + 1])] += row[end] != UNKNOWN
    return [+ngrams for ngrams in raw]


def naive(rows, prefix, piece, order=4):
    """Return P(piece | prefix) by the equations of the report, counted in dictionaries."""
    raw = counted(rows, order)
    counts = {order: raw[order]}
    for length in range(1, order):
        before = defaultdict(set)
        for ngram in raw[length + 1]:
            before[ngram[1:]].add(ngram[0])
        counts[length] = {
            ngram: times if ngram[0] == START else len(before[ngram]) for ngram, times in raw[length].items()
        }

    def discount(length, times):
        n1, n2, n3, n4 = (sum(count == k for count in counts[length].values()) for k in (1, 2, 3, 4))
        if not (n1 and n2 and n3 and n4):
            return [0, 0.5, 1, 1.5][min(times, 3)]
        y = n1 / (n1 + 2 * n2)
        return [0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3][min(times, 3)]

    def probability(context):
        below = probability(context[1:]) if context else 1 / (VOCABULARY - 2)
        length = len(context) + 1
        following = {ngram[-1]: times for ngram, times in counts[length].items() if ngram[:-1] == context}
        if not following:
            return below
        total = sum(following.values())
        taken = sum(discount(length, times) for times in following.values())
        seen = following.get(piece, 0)
        return (seen - discount(length, seen) + taken * below) / total

    return probability(tuple(prefix[-(order - 1) :]))


def test_is_the_model_of_the_report(rows, model):
    for row in rows_of(np.random.default_rng(8), 3):
        told = iter(np.exp(model.log_probabilities([row])))
        for end in range(1, len(row)):
            if row[end] != UNKNOWN:
                assert next(told) == pytest.approx(naive(rows, row[:end], row[end]))


def test_discounts_are_estimated_from_what_was_seen_rarely():
    counts = np.array([1] * 9 + [2] * 4 + [3] * 2 + [4])
    assert kneser_ney._discounts(counts) == pytest.approx([0, 9 / 17, 2 - 27 / 34, 3 - 18 / 17])


def test_an_unknown_piece_is_not_foretold_but_stands_in_contexts(rows, model):
    with_unknown, without = [START, UNKNOWN, 4, END], [START, 4, END]
    assert len(model.log_probabilities([with_unknown])) == len(model.log_probabilities([without])) == 2
    assert model.log_probabilities([with_unknown])[0] != model.log_probabilities([without])[0]


def test_rows_do_not_reach_into_one_another(rows, model):
    separate = np.concatenate([model.log_probabilities([row]) for row in rows[:20]])
    assert np.array_equal(model.log_probabilities(rows[:20]), separate)


def test_foretells_what_it_has_read_better_than_chance(rows, model):
    fresh = rows_of(np.random.default_rng(9), 200)
    assert math.exp(-model.log_probabilities(fresh).mean()) < 0.7 * (VOCABULARY - 2)


def test_one_row_is_enough_to_learn_from():
    model = KneserNey(VOCABULARY).fit([[START, 5, 6, END]])
    assert model.next_piece([START, 5]).argmax() == 6
    assert model.next_piece([START, 9, 9]).sum() == pytest.approx(1)


def test_ngrams_that_cannot_be_numbered_are_refused():
    with pytest.raises(ValueError, match="too many"):
        KneserNey(60_000, order=4)
