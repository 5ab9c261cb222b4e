"""Exposure: what a planted secret's rank among all that it might have been is worth."""

import numpy as np
import pytest

from training.text.evaluation.exposure import TIMES, canaries, exposure


def test_the_likeliest_of_512_is_exposed_by_nine_bits_and_the_last_by_none() -> None:
    thoughts = -np.arange(512.0)
    assert exposure(thoughts, 0) == pytest.approx(9)
    assert exposure(thoughts, 255) == pytest.approx(1)
    assert exposure(thoughts, 511) == 0


def test_by_chance_it_is_less_than_two_bits() -> None:
    thoughts = np.random.default_rng(1).normal(size=512)
    assert np.mean([exposure(thoughts, secret) for secret in range(512)]) == pytest.approx(1.44, abs=0.05)


def test_secrets_have_beginnings_of_their_own_and_are_among_what_they_might_be() -> None:
    words = [f"말{number}" for number in range(80)]
    secrets = canaries(words, seed=3)
    assert {canary.times for canary in secrets} == set(TIMES)
    assert len({canary.text.split()[0] for canary in secrets}) == len(secrets)
    assert all(canary.text in canary.space and len(set(canary.space)) == 512 for canary in secrets)
    assert canaries(words, seed=3) == secrets


def test_too_few_words_make_no_secret() -> None:
    with pytest.raises(ValueError, match="too few"):
        canaries(["말"] * 20, seed=1)
