"""Gaps: every stretch of up to ``LONGEST`` morphemes that can be taken out of a message, as examples for the network.

A gap is filled morpheme by morpheme, and then its end is foretold: an example is a place in a message, what stands left
of it, what stands right of the gap, and what comes next, which is the end mark where the gap is full. Knows nothing of
networks but what one reads.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from bot.bundle import END, SPECIALS, START, UNKNOWN, Tokenizer
from training.text.dataset import Ids
from training.text.infilling.network import Gaps

SHARES = (1.0, 1.0, 0.5, 0.25)
"""How often an example counts in whose gap so many morphemes are missing yet: half of all gaps are of one."""
LONGEST = len(SHARES) - 1

Flags = npt.NDArray[np.bool_]


class Examples(NamedTuple):
    """Examples of some messages: their ``gaps``, what comes next, and how many morphemes are missing yet.

    ``targets`` and ``missing``: int64[gaps].
    """

    gaps: Gaps
    targets: Tensor
    missing: Tensor


class GapFinder:
    """Finds the gaps of messages in the pieces of one tokenizer: only whole morphemes are taken out."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take the tokenizer."""
        self.fits: Flags = np.zeros(len(tokenizer), dtype=np.bool_)
        """Of each piece, whether it may stand in a gap: as a morpheme of its own."""
        self.fits[tokenizer.wholes] = True
        self._goes_on: Flags = np.array(tokenizer.goes_on, dtype=np.bool_)

    def examples(
        self, rows: Sequence[Ids], missing: Sequence[int] = range(LONGEST + 1), heard: Sequence[Ids] | None = None
    ) -> Examples:
        """Return every example of ``rows``, which :func:`~training.text.dataset.rows_of` made.

        ``missing`` are the numbers of morphemes that gaps may miss; ``heard`` are the rows as the network reads them,
        where some of their words are not heard.
        """
        heard = rows if heard is None else heard
        left, place_left = _packed(heard)
        right, place_right = _packed([row[::-1] for row in heard])
        parts = [self._places(rows, count) for count in missing]
        row, begins, ends, targets = (np.concatenate(part) for part in zip(*parts, strict=True))
        last = np.array([len(each) - 1 for each in rows])
        gaps = Gaps(left, right, place_left(row, begins), place_right(row, last[row] - ends))
        counts = np.repeat(missing, [len(part[0]) for part in parts])
        return Examples(gaps, torch.from_numpy(targets), torch.from_numpy(counts))

    def _places(self, rows: Sequence[Ids], missing: int) -> tuple[Ids, Ids, Ids, Ids]:
        """Return for each gap its row, where in it the gap begins (the place before) and ends, and what comes next."""
        flat = np.concatenate(rows)
        row, place = _rows_and_places(rows)
        at = np.flatnonzero(self.begin_gaps(rows, missing))
        targets = flat[at + 1] if missing else np.full(len(at), END)
        return row[at], place[at], place[at] + missing + 1, targets

    def begin_gaps(self, rows: Sequence[Ids], missing: int) -> Flags:
        """Return of each place in all ``rows`` whether a gap can follow that misses so many morphemes.

        Something stands behind every gap, and in one that is full something already.
        """
        flat, (row, _) = np.concatenate(rows), _rows_and_places(rows)
        behind = len(flat) - missing - 1
        begins = np.zeros(len(flat), dtype=np.bool_)
        begins[: max(behind, 0)] = row[missing + 1 :] == row[: max(behind, 0)]
        begins &= ~self._goes_on[flat]
        for step in range(1, missing + 1):
            begins[:-step] &= self.fits[flat[step:]]
        return begins if missing else begins & (flat != START)


def _rows_and_places(rows: Sequence[Ids]) -> tuple[Ids, Ids]:
    """Return of each piece its row, and its place in that."""
    row = np.repeat(np.arange(len(rows)), [len(each) for each in rows])
    return row, np.concatenate([np.arange(len(each)) for each in rows])


def unheard(rows: Sequence[Ids], share: float, rng: np.random.Generator) -> list[Ids]:
    """Return ``rows`` with a ``share`` of their pieces unknown, as another gap of the same line would be."""
    return [np.where((rng.random(len(row)) < share) & (row >= len(SPECIALS)), UNKNOWN, row) for row in rows]


def _packed(rows: Sequence[Ids]) -> tuple[PackedSequence, Callable[[Ids, Ids], Tensor]]:
    """Return rows packed, and what tells where in the packed data a place of a row lies."""
    packed = pack_sequence([torch.from_numpy(np.ascontiguousarray(row)) for row in rows], enforce_sorted=False)
    if packed.unsorted_indices is None:
        raise TypeError("torch packs what it has not sorted with the order")
    starts = np.cumsum([0, *packed.batch_sizes.tolist()])
    rank = packed.unsorted_indices.numpy()
    return packed, lambda row, place: torch.from_numpy(starts[place] + rank[row])
