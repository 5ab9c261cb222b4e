"""Messages as ids, and batches in which everything that two prefixes share is there once.

A row is ``<s>`` and a message's pieces; its examples are every prefix of it with the piece that follows, the
end mark after the whole row. Unknown pieces stay in the prefixes and are left out as what follows.
Two rows that begin alike share the states of a recurrence read from the left, and two prefixes that end alike
share those of one read from the right: a batch is therefore two trees of steps, and no padding.
Knows nothing of networks: a batch says which step follows which, not what a step computes.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset, Sampler

from bot.bundle.tokenizer import END, START, UNKNOWN

Ids = npt.NDArray[np.int64]


class Tree(NamedTuple):
    """The distinct steps of a recurrence over many sequences, level by level from the empty state.

    ``words`` int64[steps]: which of the batch's words each step reads; ``sizes``: how many steps each level has;
    ``parents``: for each level after the first, int64[steps of it] into the level before;
    ``ends`` int64[rows]: the step, counted over all levels, after which each row has been read.
    """

    words: Tensor
    sizes: tuple[int, ...]
    parents: tuple[Tensor, ...]
    ends: Tensor


class Batch(NamedTuple):
    """The examples of some messages.

    ``words`` int64[words]: the distinct ids; ``ahead`` and ``back``: each distinct prefix read from the left, and
    from its end (``None`` for a one-sided network); ``prefixes`` int64[examples]: which row each example has;
    ``targets`` int64[examples]: the id that follows.
    """

    words: Tensor
    ahead: Tree
    back: Tree | None
    prefixes: Tensor
    targets: Tensor


def rows_of(messages: Iterable[Sequence[int]], longest: int) -> list[Ids]:
    """Return a row for each message's ids, without messages that hold no example.

    A row is ``<s>``, the ids and ``</s>``; of a longer message it is the first ``longest`` pieces alone.
    """
    rows = (_row(ids, longest) for ids in messages if len(ids))
    return [row for row in rows if (row[1:] != UNKNOWN).any()]


def _row(ids: Sequence[int], longest: int) -> Ids:
    return np.array([START, *ids[:longest], *([END] if len(ids) <= longest else [])], dtype=np.int64)


def batch_of(rows: Sequence[Ids], *, both_ways: bool) -> Batch:
    """Return every example of ``rows``, which :func:`rows_of` made."""
    flat = np.concatenate(rows)
    begins = np.repeat(np.cumsum([0, *map(len, rows[:-1])]), [len(row) for row in rows])
    ends = np.arange(len(flat))
    followed = np.roll(begins, -1) == begins
    followed[-1] = False
    followed[:-1] &= flat[1:] != UNKNOWN
    begins, ends = begins[followed], ends[followed]
    words, named = np.unique(flat, return_inverse=True)
    ahead = _tree(named, len(words), begins, ends - begins + 1, 1)
    distinct, first, prefixes = np.unique(ahead.ends.numpy(), return_index=True, return_inverse=True)
    back = _tree(named, len(words), ends[first], (ends - begins + 1)[first], -1) if both_ways else None
    return Batch(
        words=torch.from_numpy(words),
        ahead=ahead._replace(ends=torch.from_numpy(distinct)),
        back=back,
        prefixes=torch.from_numpy(prefixes),
        targets=torch.from_numpy(flat[ends + 1]),
    )


def _tree(named: Ids, words: int, begins: Ids, lengths: Ids, direction: int) -> Tree:
    """Merge the sequences that begin at ``begins`` and go on for ``lengths`` steps in ``direction``."""
    longest_first = np.argsort(-lengths, kind="stable")
    still_read = np.searchsorted(-lengths[longest_first], -np.arange(lengths.max()), side="left")
    node = np.zeros(len(begins), dtype=np.int64)
    levels: list[tuple[Ids, Ids]] = []
    before = 0
    for step, reading in enumerate(still_read):
        active = longest_first[:reading]
        keys = node[active] * words + named[begins[active] + direction * step]
        distinct, where = np.unique(keys, return_inverse=True)
        parents, read = np.divmod(distinct, words)
        levels.append((read, parents))
        node[active] = where
        finished = longest_first[still_read[step + 1] if step + 1 < len(still_read) else 0 : reading]
        node[finished] += before
        before += len(distinct)
    return Tree(
        words=torch.from_numpy(np.concatenate([read for read, _ in levels])),
        sizes=tuple(len(read) for read, _ in levels),
        parents=tuple(torch.from_numpy(parents) for _, parents in levels[1:]),
        ends=torch.from_numpy(node),
    )


class Rows(Dataset[Ids]):
    """Messages by position."""

    def __init__(self, rows: Sequence[Ids]) -> None:
        """Take rows as :func:`rows_of` makes them."""
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Ids:
        return self.rows[index]


class Shuffle(Sampler[int]):
    """Positions in an order that seed and epoch alone decide, so that a resumed run repeats it."""

    def __init__(self, count: int, seed: int) -> None:
        """Deal the positions below ``count``."""
        self.count, self.seed, self.epoch = count, seed, 0

    def set_epoch(self, epoch: int) -> None:
        """Take the order of ``epoch``; Lightning calls this before each."""
        self.epoch = epoch

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        order: list[int] = np.random.default_rng((self.seed, self.epoch)).permutation(self.count).tolist()
        return iter(order)
