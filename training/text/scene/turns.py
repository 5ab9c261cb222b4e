"""Turns: a room's messages as a network of scenes reads them, and windows of a conversation as its examples.

A message is the letter of who speaks, its pieces and the end mark; a window is as many messages in a row as fit, with
the start mark before them where a conversation begins. Who speaks is no more than a letter, dealt anew in each window:
nobody can be told by it. Knows nothing of networks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.utils.data import Dataset

from bot.bundle import END, LETTERS, START, UNKNOWN
from training.text.dataset import Ids

NOTHING = -1
"""In the place of a target: nothing is learnt or measured here."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Turns:
    """Messages in their order.

    ``pieces`` are each one's ids, ``speakers`` int64[messages] a number for each person, ``begins`` bool[messages]
    where a conversation begins, ``counts`` bool[messages] which are learnt from or measured on and not only read.
    """

    pieces: Sequence[Sequence[int]]
    speakers: Ids
    begins: Flags
    counts: Flags

    def part(self, first: int, last: int) -> "Turns":
        """Return the messages from the first one up to the last, without it."""
        some = slice(first, last)
        return Turns(self.pieces[some], self.speakers[some], self.begins[some], self.counts[some])


class Window(NamedTuple):
    """A row of ids int64[time] and what follows each, ``NOTHING`` where that does not count."""

    ids: Ids
    targets: Ids


class Windows(Dataset[Window]):
    """The dataset: one window from each message on, up to ``context`` ids."""

    def __init__(self, turns: Turns, vocabulary: int, context: int, seed: int) -> None:
        """Take the messages and the number of pieces; the letters' ids follow those."""
        self._turns, self._vocabulary, self._context, self._seed = turns, vocabulary, context, seed
        self._lengths = np.array([min(len(pieces), context - 3) + 2 for pieces in turns.pieces])
        self._ends = self._all_ends()

    def __len__(self) -> int:
        return len(self._ends)

    def disjoint(self) -> list[int]:
        """Return the indices of windows that have every message once."""
        starts, place = list[int](), 0
        while place < len(self):
            starts.append(place)
            place = int(self._ends[place])
        return starts

    @property
    def parts(self) -> int:
        """In so many parts each of which has every message about once: how many messages a window has."""
        return max(1, round(float((self._ends - np.arange(len(self))).mean()))) if len(self) else 1

    def __getitem__(self, index: int) -> Window:
        rng = np.random.default_rng((self._seed, index))
        return self.window(index, int(self._ends[index]), rng.permutation(LETTERS))

    def window(self, first: int, last: int, deal: Ids, *, only_last: bool = False) -> Window:
        """Return the messages from ``first`` up to ``last``, without it, as one row.

        ``deal`` int64[LETTERS] are the letters in the order in which people speak up; who is beyond them shares one.
        Where the message ``only_last`` is wanted, no other counts.
        """
        row, counts = self._row(first, last, deal)
        if only_last:
            counts = np.arange(len(row)) >= len(row) - int(self._lengths[last - 1])
        return _window(row, counts)

    def first_before(self, message: int) -> int:
        """Return the earliest message from which on a window still holds the whole of ``message``."""
        first, left = message, self._context - int(self._lengths[message])
        while first and not self._turns.begins[first] and self._lengths[first - 1] < left:
            first -= 1
            left -= int(self._lengths[first])
        return first

    def after_others(self, message: int, other: int, deal: Ids) -> Window:
        """Return ``message`` after what stands before another one, as one row in which only it counts."""
        length = int(self._lengths[message])
        before, _ = self._row(self.first_before(other), other, deal)
        own, _ = self._row(self.first_before(message), message + 1, deal)
        row = np.concatenate((before, own[-length:]))
        return _window(row, np.arange(len(row)) >= len(row) - length)

    def _row(self, first: int, last: int, deal: Ids) -> tuple[Ids, Flags]:
        """Return the messages from ``first`` up to ``last`` as ids, and of which what they are counts."""
        turns = self._turns
        letters: dict[int, int] = {}
        ids, counts = ([START], [False]) if turns.begins[first] else ([], [])
        for place in range(first, last):
            number = letters.setdefault(int(turns.speakers[place]), len(letters) % LETTERS)
            message = [self._vocabulary + int(deal[number]), *turns.pieces[place][: self._context - 3], END]
            ids += message
            counts += [bool(turns.counts[place])] * len(message)
        return np.array(ids, dtype=np.int64), np.array(counts, dtype=np.bool_)

    def _all_ends(self) -> Ids:
        """Return for each message where the window ends that begins with it."""
        count = len(self._lengths)
        total = np.concatenate(([0], np.cumsum(self._lengths)))
        room = total[:-1] + self._context - self._turns.begins
        by_length = np.searchsorted(total, room, side="right") - 1
        starts = np.append(np.flatnonzero(self._turns.begins), count)
        by_session = starts[np.searchsorted(starts, np.arange(count), side="right")]
        ends: Ids = np.maximum(np.minimum(by_length, by_session), np.arange(count) + 1)
        return ends


def _window(row: Ids, counts: Flags) -> Window:
    follows = np.where(counts & (row != UNKNOWN), row, NOTHING)
    return Window(row[:-1], follows[1:])


class SceneBatch(NamedTuple):
    """Windows filled up to the longest: ``ids`` and ``targets`` int64[windows, time]."""

    ids: Tensor
    targets: Tensor


def collate(windows: Sequence[Window]) -> SceneBatch:
    """Return windows as a batch: nothing sees what stands behind it, so they are filled up with whatever."""
    longest = max(len(window.ids) for window in windows)
    ids = np.zeros((len(windows), longest), dtype=np.int64)
    targets = np.full((len(windows), longest), NOTHING)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        targets[row, : len(window.targets)] = window.targets
    return SceneBatch(torch.from_numpy(ids), torch.from_numpy(targets))
