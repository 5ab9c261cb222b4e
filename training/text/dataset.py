"""Messages as ids: the rows that training reads, their examples, and the order in which an epoch takes them.

A row is ``<s>`` and a message's pieces; its examples are every prefix of it with the piece that follows, the
end mark after the whole row. Unknown pieces stay in the prefixes and are left out as what follows.
Knows nothing of networks.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from bot.bundle.tokenizer import END, START, UNKNOWN
from training.common.processes import ALONE, Processes

Ids = npt.NDArray[np.int64]


class Batch(NamedTuple):
    """The examples of some messages.

    ``inputs``: what the network that collated them reads, which has ``prefixes`` of its own number and order;
    ``prefixes`` int64[examples]: which of those each example has; ``targets`` int64[examples]: the id that follows;
    ``messages`` int64[examples]: which message each is of, in a batch to learn from.
    """

    inputs: Any
    prefixes: Tensor
    targets: Tensor
    messages: Tensor | None = None


def rows_of(messages: Iterable[Sequence[int]], longest: int, starts: Iterable[int] | None = None) -> list[Ids]:
    """Return a row for each message's ids, without messages that hold no example.

    A row is ``<s>``, the ids and ``</s>``; of a longer message it is the first ``longest`` pieces alone. ``starts`` are
    what stands there instead of ``<s>``: start marks of speakers.
    """
    marked = zip(messages, repeat(START) if starts is None else starts, strict=False)
    rows = (_row(ids, longest, start) for ids, start in marked if len(ids))
    return [row for row in rows if (row[1:] != UNKNOWN).any()]


def _row(ids: Sequence[int], longest: int, start: int) -> Ids:
    return np.array([start, *ids[:longest], *([END] if len(ids) <= longest else [])], dtype=np.int64)


def with_start(row: Ids, start: int) -> Ids:
    """Return a row with another start mark."""
    return np.concatenate(([start], row[1:]))


def examples_of(rows: Sequence[Ids]) -> tuple[Ids, Ids, Ids]:
    """Return all ids of ``rows`` in one row, and where in it the prefix of each example begins and ends (included).

    What follows an example stands right after its end.
    """
    flat = np.concatenate(rows)
    begins = np.repeat(np.cumsum([0, *map(len, rows[:-1])]), [len(row) for row in rows])
    ends = np.arange(len(flat))
    followed = np.roll(begins, -1) == begins
    followed[-1] = False
    followed[:-1] &= flat[1:] != UNKNOWN
    return flat, begins[followed], ends[followed]


def message_of_each(rows: Sequence[Ids]) -> Tensor:
    """Return int64[examples], of which of ``rows`` each of their examples is."""
    counts = [int((row[1:] != UNKNOWN).sum()) for row in rows]
    return torch.arange(len(rows)).repeat_interleave(torch.tensor(counts))


class Rows(Dataset[Ids]):
    """The dataset: rows by position."""

    def __init__(self, rows: Sequence[Ids]) -> None:
        """Take rows as :func:`rows_of` makes them."""
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Ids:
        return self.rows[index]


class Shuffle(Sampler[int]):
    """The sampler: an order of positions that seed and epoch alone decide, so that a resumed run repeats it.

    Where a pass has several ``parts``, each epoch is one of them, as long as the others: Lightning takes an epoch that
    has a batch less than the first for one that was broken off. Of several ``processes`` each takes its own of it.
    """

    def __init__(self, count: int, seed: int, parts: int = 1, processes: Processes = ALONE) -> None:
        """Shuffle the positions below ``count``."""
        self.count, self.seed, self.parts, self.processes, self.epoch = count, seed, parts, processes, 0

    def set_epoch(self, epoch: int) -> None:
        """Take the order of ``epoch``; Lightning calls this before each."""
        self.epoch = epoch

    def __len__(self) -> int:
        return len(self.processes.own(range(self.count // self.parts)))

    def __iter__(self) -> Iterator[int]:
        turn, part = divmod(self.epoch, self.parts)
        order = np.random.default_rng((self.seed, turn)).permutation(self.count)
        own: list[int] = order[part : len(order) // self.parts * self.parts : self.parts].tolist()
        return iter(self.processes.own(own))
