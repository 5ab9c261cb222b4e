"""From logits to the next piece: greedy, or temperature and nucleus. Knows nothing of networks or text."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

TOP_P = 0.9
"""The nucleus: only the most probable pieces that together reach this are drawn from."""

_LIKELY = 1e-3  # of the likeliest piece's probability; the nucleus seldom reaches below


def next_piece(logits: NDArray[np.float32], temperature: float, rng: np.random.Generator, top_p: float = TOP_P) -> int:
    """Choose an id from ``logits[vocab]``: the most probable one at temperature 0, else drawn from the nucleus.

    What is minus infinity never comes out. Nucleus: Holtzman et al. 2020, arXiv:1904.09751.
    """
    if temperature == 0:
        return int(logits.argmax())
    weights = _weights(logits, temperature)
    order, cumulative = _nucleus(weights, top_p * float(weights.sum()))
    return int(order[cumulative.searchsorted(rng.random() * cumulative[-1], side="right")])


def in_turn(
    logits: NDArray[np.float32], temperature: float, rng: np.random.Generator, most: int, top_p: float = TOP_P
) -> Iterator[int]:
    """Yield at most so many ids, each chosen as by :func:`next_piece` from what is left; ``logits`` are overwritten."""
    for _ in range(most):
        if logits.max() == -np.inf:
            return
        chosen = next_piece(logits, temperature, rng, top_p)
        yield chosen
        logits[chosen] = -np.inf


def likeliest(logits: NDArray[np.float32], temperature: float, count: int) -> NDArray[np.intp]:
    """Return at most ``count`` ids that :func:`next_piece` may choose, the most probable first."""
    weights = _weights(logits, temperature or 1.0)
    return _nucleus(weights, TOP_P * float(weights.sum()))[0][:count]


def _weights(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    weights: NDArray[np.float32] = logits - logits.max()
    weights /= np.float32(temperature)
    return np.exp(weights, out=weights)


def _nucleus(weights: NDArray[np.float32], enough: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the fewest pieces that weigh ``enough`` together, the heaviest first, and their cumulative weight."""
    candidates = (weights > _LIKELY).nonzero()[0]
    likely = weights[candidates]
    if likely.sum() < enough:
        candidates = weights.nonzero()[0]
        likely = weights[candidates]
    # Sorting the few likely ones is most of the speed; a stable sort makes a seed mean the same everywhere.
    order = (-likely).argsort(kind="stable")
    cumulative = likely[order].cumsum(dtype=np.float64)
    size = min(int(cumulative.searchsorted(enough)) + 1, len(order))
    return candidates[order[:size]], cumulative[:size]
