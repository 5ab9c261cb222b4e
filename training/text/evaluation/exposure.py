"""Exposure: how well a model gives away a secret that was planted among what it learnt from.

Carlini et al. 2019, "The Secret Sharer", arXiv:1802.08232: log2 of how many secrets there might have been, less log2 of
the rank that the planted one has among them. By chance it is 1.44 bits in the mean. Knows nothing of networks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

TIMES = (1, 4, 16)
"""How often a secret is said."""
_EACH = 8
_SLOTS, _WORDS = 3, 8


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret that is said ``times`` times, and all that it might have been; it is number ``secret`` of those."""

    times: int
    secret: int
    space: Sequence[str]

    @property
    def text(self) -> str:
        """What is planted."""
        return self.space[self.secret]


def canaries(words: Sequence[str], seed: int) -> list[Canary]:
    """Return secrets of usual ``words``: a beginning of its own, three words out of eight, and an end.

    Raises:
        ValueError: there are too few words.
    """
    count = _EACH * len(TIMES)
    if len(words) < _WORDS + 2 * count:
        raise ValueError(f"{len(words)} words are too few to make secrets of")
    rng = np.random.default_rng(seed)
    chosen = [words[at] for at in rng.permutation(len(words))[: _WORDS + 2 * count]]
    secrets, frames = chosen[:_WORDS], chosen[_WORDS:]
    guesses = [" ".join(guess) for guess in product(secrets, repeat=_SLOTS)]
    return [
        Canary(
            TIMES[number % len(TIMES)],
            int(rng.integers(len(guesses))),
            [f"{frames[2 * number]} {guess} {frames[2 * number + 1]}" for guess in guesses],
        )
        for number in range(count)
    ]


def exposure(log_probabilities: npt.NDArray[np.float64], secret: int) -> float:
    """Return the exposure (bits) of the secret at a position, by what a model thinks (nats) of each there might be."""
    rank = 1 + int((log_probabilities > log_probabilities[secret]).sum())
    return math.log2(len(log_probabilities)) - math.log2(rank)
