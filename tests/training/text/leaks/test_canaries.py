"""Canaries: what a planted secret's rank is worth, and that one person says each as often as it counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

import numpy as np
import pytest

from training.text.corpus.corpus import Corpus
from training.text.corpus.report import Report
from training.text.leaks.canaries import (
    BITS,
    EACH,
    SLOTS,
    TIMES,
    WORDS,
    Floats,
    Ids,
    canaries,
    exposure,
    exposure_of,
    planted,
)
from training.text.message import Message

SYLLABLES = "가나다라마바사아자차"
NAMED = [SYLLABLES[number % 10] + SYLLABLES[number // 10 % 10] for number in range(100)]


def room(messages: int) -> Corpus:
    said = tuple(
        Message(datetime(2026, 1, 1) + timedelta(minutes=at), f"p{at % 4}", f"{NAMED[at % 100]} {NAMED[at * 7 % 100]}")
        for at in range(messages)
    )
    return Corpus(said, (0,), Report(messages, messages, {}, 4, 1, 1, None, None, {}, {}, {}, (), ()), messages)


def test_the_likeliest_of_all_is_wholly_exposed_and_one_in_the_middle_by_a_bit() -> None:
    thoughts = -np.arange(512.0)
    assert exposure(thoughts, 0) == pytest.approx(9)
    assert exposure(thoughts, 255) == pytest.approx(1)
    assert exposure(thoughts, 511) == 0


def test_by_chance_it_is_about_a_bit_and_a_half() -> None:
    thoughts = np.random.default_rng(1).normal(size=512)
    assert np.mean([exposure(thoughts, secret) for secret in range(512)]) == pytest.approx(1.44, abs=0.05)


def test_every_secret_that_there_might_be_is_compared_by_all_its_words() -> None:
    """A model of two pieces of memory, against the sum over each whole secret, one by one."""
    rng = np.random.default_rng(3)
    table = np.log(rng.dirichlet(np.ones(7), size=(7, 7)))

    def model(prefixes: Ids, words: Sequence[int]) -> Floats:
        following: Floats = table[prefixes[:, -2], prefixes[:, -1]][:, list(words)]
        return following

    words, secret, opening = [2, 4, 5, 6], (1, 3, 0), [1, 3]
    sums = []
    for each in product(words, repeat=3):
        row = [*opening, *each]
        sums.append(sum(table[row[at - 2], row[at - 1], row[at]] for at in range(2, 5)))
    place = [*product(range(4), repeat=3)].index(secret)
    assert exposure_of(model, opening, words, secret) == pytest.approx(exposure(np.array(sums), place))


def test_secrets_are_of_usual_words_each_behind_a_beginning_of_its_own_and_repeatable() -> None:
    secrets = canaries(NAMED, seed=3)
    assert Counter(canary.times for canary in secrets) == dict.fromkeys(TIMES, EACH)
    assert len({canary.opening for canary in secrets}) == len(secrets)
    assert all(len(canary.words) == WORDS and len(canary.said.split()) == SLOTS for canary in secrets)
    assert not {canary.opening for canary in secrets}.intersection(secrets[0].words)
    assert canaries(NAMED, seed=3) == secrets
    assert round(BITS) == 13
    assert canaries(NAMED[:43], seed=3) == []


def test_what_has_no_letters_is_no_word_of_a_secret() -> None:
    secrets = canaries(["💕", "ㅋㅋ", "나", "!", *NAMED[:44]], seed=3)
    assert {word for canary in secrets for word in (canary.opening, *canary.words)} == {*NAMED[:44]}


def test_one_person_says_each_secret_as_often_as_it_counts_and_never_in_what_is_held_out() -> None:
    secrets = canaries(NAMED, seed=3)
    copy = planted(room(1_000), secrets, seed=3, held_out=0.1)
    assert copy
    counts = Counter(message.text for message in copy.messages)
    assert all(counts[canary.text] == canary.times for canary in secrets)
    texts = {canary.text for canary in secrets}
    assert {message.who for message in copy.messages if message.text in texts} == {"p0"}
    assert not texts.intersection(message.text for message in copy.messages[900:])
    assert len(copy.messages) == 1_000


def test_a_room_that_is_too_small_for_secrets_gets_none() -> None:
    assert planted(room(200), canaries(NAMED, seed=3), seed=3, held_out=0.1) is None
    assert planted(room(1_000), [], seed=3, held_out=0.1) is None
