"""Networks of tests: what only knows rows of one length is asked with any."""

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from bot.inference.reader import log_softmax


class OfOneLength:
    """Reads rows of each length on their own, by ``logits(ids[batch, time])`` of a subclass."""

    def log_probs(self, rows: Sequence[tuple[int, ...]]) -> np.ndarray:
        places = sorted(range(len(rows)), key=lambda place: len(rows[place]))
        log_probs = [np.empty(0)] * len(rows)
        for _, group in groupby(places, key=lambda place: len(rows[place])):
            some = list(group)
            logits = self.logits(np.array([rows[place] for place in some]))  # type: ignore[attr-defined]
            for place, row in zip(some, log_softmax(np.array(logits, np.float32)), strict=True):
                log_probs[place] = row
        return np.array(log_probs)
