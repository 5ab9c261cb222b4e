"""Choosing the next piece: what may come out, how often, and from where."""

import numpy as np
import pytest

from bot.inference.sampling import likeliest, next_piece


def _draws(logits: list[float], number: int = 8_000, **how: float) -> np.ndarray:
    generator = np.random.default_rng(1)
    row = np.array(logits, dtype=np.float32)
    return np.bincount([next_piece(row, rng=generator, **how) for _ in range(number)], minlength=len(logits))


def test_greedy_takes_the_likeliest() -> None:
    assert next_piece(np.array([1, 3, 2], dtype=np.float32), 0, np.random.default_rng(0)) == 1


@pytest.mark.parametrize("top_p", [0.9, 1])
def test_what_is_impossible_never_comes_out(top_p: float) -> None:
    assert not _draws([-np.inf, 0, 0, -np.inf, 0], temperature=2, top_p=top_p)[[0, 3]].any()


@pytest.mark.parametrize("temperature", [0, 1])
def test_the_likeliest_few_come_in_their_order_and_from_the_nucleus(temperature: float) -> None:
    logits = np.log(np.array([0.15, 0.05, 0.5, 0.3], dtype=np.float32))
    assert likeliest(logits, temperature, 2).tolist() == [2, 3]
    assert likeliest(logits, temperature, 9).tolist() == [2, 3, 0]


def test_pieces_come_as_often_as_their_probability_says() -> None:
    counts = _draws([*np.log([0.5, 0.3, 0.2])], temperature=1, top_p=1)
    assert counts / counts.sum() == pytest.approx([0.5, 0.3, 0.2], abs=0.025)


def test_the_tail_outside_the_nucleus_is_never_drawn() -> None:
    counts = _draws([*np.log([0.5, 0.3, 0.15, 0.05])], temperature=1, top_p=0.9)
    assert counts[3] == 0
    assert counts[:3] / counts.sum() == pytest.approx(np.array([0.5, 0.3, 0.15]) / 0.95, abs=0.025)


def test_a_lower_temperature_is_less_bold() -> None:
    cold = _draws([2, 1, 0], temperature=0.3, top_p=1)
    hot = _draws([2, 1, 0], temperature=2, top_p=1)
    assert cold[0] > hot[0]


@pytest.mark.parametrize("scale", [1e-6, 1, 1e4])
def test_extreme_logits_are_drawn_without_overflow(scale: float) -> None:
    logits = np.arange(8, dtype=np.float32) * np.float32(scale)
    assert next_piece(logits, 0.01, np.random.default_rng(0)) >= (7 if scale > 1e-6 else 0)
