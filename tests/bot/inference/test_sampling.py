"""Choosing the next piece: what may come out, how often, and from where."""

import numpy as np
import pytest

from bot.inference.sampling import next_piece


def _draws(logits: list[float], number: int = 8_000, **how: float) -> np.ndarray:
    generator = np.random.default_rng(1)
    row = np.array(logits, dtype=np.float32)
    return np.bincount([next_piece(row, rng=generator, **how) for _ in range(number)], minlength=len(logits))


def test_greedy_takes_the_likeliest_that_is_no_special_piece() -> None:
    assert next_piece(np.array([9, 9, 9, 1, 3, 2], dtype=np.float32), 0, np.random.default_rng(0)) == 4


def test_special_pieces_never_come_out() -> None:
    assert not _draws([9, 9, 9, 0, 0, 0], temperature=2, top_p=1)[:3].any()


def test_pieces_come_as_often_as_their_probability_says() -> None:
    counts = _draws([0, 0, 0, *np.log([0.5, 0.3, 0.2])], temperature=1, top_p=1)
    assert counts[3:] / counts.sum() == pytest.approx([0.5, 0.3, 0.2], abs=0.025)


def test_the_tail_outside_the_nucleus_is_never_drawn() -> None:
    counts = _draws([0, 0, 0, *np.log([0.5, 0.3, 0.15, 0.05])], temperature=1, top_p=0.9)
    assert counts[6] == 0
    assert counts[3:6] / counts.sum() == pytest.approx(np.array([0.5, 0.3, 0.15]) / 0.95, abs=0.025)


def test_a_lower_temperature_is_less_bold() -> None:
    cold = _draws([0, 0, 0, 2, 1, 0], temperature=0.3, top_p=1)
    hot = _draws([0, 0, 0, 2, 1, 0], temperature=2, top_p=1)
    assert cold[3] > hot[3]


@pytest.mark.parametrize("scale", [1e-6, 1, 1e4])
def test_extreme_logits_are_drawn_without_overflow(scale: float) -> None:
    assert next_piece(np.arange(8, dtype=np.float32) * np.float32(scale), 0.01, np.random.default_rng(0)) >= 3
