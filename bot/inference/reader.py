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


class NextPieceLogits(Protocol):
    """What a reader needs of a text network."""

    def logits(self, ids: NDArray[np.int64]) -> Logits:
        """Return the logits ``[batch, vocab]`` of the piece after each row of ``ids[batch, time]``."""


class Reader:
    """A text network that reads rows of any lengths."""

    def __init__(self, network: NextPieceLogits, vocabulary: int) -> None:
        """Take the network, and how many pieces there are."""
        self._network = network
        self._vocabulary = vocabulary

    def after(self, rows: Sequence[Row]) -> Job[Logits]:
        """Return the log probabilities (nats) ``[rows, vocab]`` of what follows each, read with what others ask."""
        return (yield Question(self.log_probs, rows))

    def log_probs(self, rows: Sequence[Row]) -> Logits:
        """Return the log probabilities (nats) ``[rows, vocab]`` of what follows each.

        Equal rows are read once: draws begin alike. Those of one length are one batch.
        """
        distinct = sorted(set(rows), key=len)
        logits = np.empty((len(distinct), self._vocabulary), dtype=np.float32)
        for start, end in _batches(distinct):
            logits[start:end] = self._network.logits(np.array(distinct[start:end], dtype=np.int64))
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        places = {row: place for place, row in enumerate(distinct)}
        return logits[[places[row] for row in rows]]


def _batches(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return where each batch of ``rows``, which are ordered by length, begins and ends."""
    batches, start = list[tuple[int, int]](), 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or len(rows[end]) > len(rows[start]) or end - start == _MOST_ROWS:
            batches.append((start, end))
            start = end
    return batches
