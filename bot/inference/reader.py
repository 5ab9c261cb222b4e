"""What follows rows of ids by a text network: log probabilities, of many at once. Knows nothing of text."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.inference.batching import Job, Question

Logits = NDArray[np.float32]
Row = tuple[int, ...]

_MOST_ROWS = 64
"""In one run of the network: more would not be quicker, and take more memory."""


class NextPieces(Protocol):
    """What a reader needs of a text network."""

    def log_probs(self, rows: Sequence[Row]) -> Logits:
        """Return the log probabilities (nats) ``[rows, vocab]`` of the piece after each row, of any length."""


class Reader:
    """A text network that is asked by many at once."""

    def __init__(self, network: NextPieces) -> None:
        """Take the network."""
        self._network = network

    def after(self, rows: Sequence[Row]) -> Job[Logits]:
        """Return the log probabilities (nats) ``[rows, vocab]`` of what follows each, read with what others ask."""
        return (yield Question(self.log_probs, rows))

    def log_probs(self, rows: Sequence[Row]) -> Logits:
        """Return the log probabilities (nats) ``[rows, vocab]`` of what follows each.

        Equal rows are read once: draws begin alike.
        """
        places = {row: place for place, row in enumerate(dict.fromkeys(rows))}
        distinct = list(places)
        parts = [distinct[start : start + _MOST_ROWS] for start in range(0, len(distinct), _MOST_ROWS)]
        read = [self._network.log_probs(part) for part in parts]
        log_probs = read[0] if len(read) == 1 else np.concatenate(read)
        return log_probs if len(distinct) == len(rows) else log_probs[[places[row] for row in rows]]


def log_softmax(logits: Logits) -> Logits:
    """Return the log probabilities of each row of ``logits``, which are overwritten."""
    logits -= logits.max(axis=1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return logits
