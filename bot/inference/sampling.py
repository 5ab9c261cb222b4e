"""From logits to the next piece: greedy, or temperature and nucleus. Knows nothing of networks or text."""

import numpy as np
from numpy.typing import NDArray

from bot.bundle import SPECIALS

TOP_P = 0.9
"""The nucleus: only the most probable pieces that together reach this are drawn from."""


def next_piece(
    logits: NDArray[np.float32], temperature: float, generator: np.random.Generator, top_p: float = TOP_P
) -> int:
    """Choose an id from ``logits[vocab]``: the most probable one at temperature 0, else drawn from the nucleus.

    The special pieces never come out. Nucleus: Holtzman et al. 2020, arXiv:1904.09751.
    """
    allowed = logits[len(SPECIALS) :]
    chosen = int(allowed.argmax()) if temperature == 0 else _draw(allowed, temperature, generator, top_p)
    return chosen + len(SPECIALS)


def _draw(logits: NDArray[np.float32], temperature: float, generator: np.random.Generator, top_p: float) -> int:
    scaled = (logits - logits.max()).astype(np.float64) / temperature
    order = np.argsort(-scaled, kind="stable")
    # One cumulative sum serves both the cut and the draw; it is not normalised.
    cumulative = np.cumsum(np.exp(scaled[order]))
    nucleus = int(np.searchsorted(cumulative, top_p * cumulative[-1])) + 1
    ceiling = cumulative[min(nucleus, len(cumulative)) - 1]
    return int(order[np.searchsorted(cumulative, generator.random() * ceiling, side="right")])
