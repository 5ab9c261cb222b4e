"""Batches in which everything that two prefixes share is there once: two trees of steps, and no padding.

Two rows that begin alike share the states of a recurrence read from the left, and two prefixes that end alike share
those of one read from the right. Knows nothing of networks: a tree says which step follows which, not what a step
computes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from training.text.dataset import Batch, Ids, examples_of


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


class Trees(NamedTuple):
    """What a recurrent network reads of a batch.

    ``words`` int64[words]: the distinct ids; ``forward`` and ``backward``: each distinct prefix read from the left,
    and from its end (``None`` for a network of one direction).
    """

    words: Tensor
    forward: Tree
    backward: Tree | None


def tree_batch(rows: Sequence[Ids], *, bidirectional: bool) -> Batch:
    """Return every example of ``rows``, which :func:`rows_of` made, the prefixes as :class:`Trees`."""
    flat, begins, ends = examples_of(rows)
    words, named = np.unique(flat, return_inverse=True)
    lengths = ends - begins + 1
    forward = _tree(named, len(words), begins, lengths, 1)
    distinct, first, prefixes = np.unique(forward.ends.numpy(), return_index=True, return_inverse=True)
    backward = _tree(named, len(words), ends[first], lengths[first], -1) if bidirectional else None
    return Batch(
        inputs=Trees(torch.from_numpy(words), forward._replace(ends=torch.from_numpy(distinct)), backward),
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
