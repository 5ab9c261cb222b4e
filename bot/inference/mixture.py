"""The mixture at serving: the network's chances and those of the room's own shared phrases, weighed as training found.

``p = w · network + (1 - w) · n-grams``. Knows nothing of who speaks or of how the table was made.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bot.bundle import START, UNKNOWN, BundleError
from bot.bundle.ngram_table import NgramLayout
from bot.inference.reader import NextPieces, Row

_LEAST = np.float32(1e-30)


class _Level(NamedTuple):
    """The n-grams of one length; see the table's layout."""

    contexts: NDArray[np.int64]
    left: NDArray[np.float32]
    begins: NDArray[np.uint32]
    ids: NDArray[np.uint32]
    probabilities: NDArray[np.float16]

    def places(self, contexts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
        """Yield which of ``contexts`` are known, and where in the level each of them is."""
        if not len(self.contexts):
            return
        places = self.contexts.searchsorted(contexts)
        places[places == len(self.contexts)] = 0
        known = (self.contexts[places] == contexts).nonzero()[0]
        yield from zip(known.tolist(), places[known].tolist(), strict=True)


class NgramTable:
    """A table of n-grams, read-only.

    It is read and not mapped: who copies another bundle over a mapped file cuts it off under us, and the system then
    ends the process (SIGBUS).
    """

    def __init__(self, layout: NgramLayout, arrays: Sequence[NDArray[Any]]) -> None:
        """Take the layout and its arrays."""
        self.layout = layout
        self._alone = arrays[0].astype(np.float32)
        levels = [_Level(*arrays[start : start + 5]) for start in range(1, len(arrays), 5)]
        self._levels = [level._replace(left=level.left.astype(np.float32)) for level in levels]
        self.longest = len(self._levels)
        """So many last pieces of a row count."""

    @classmethod
    def open(cls, path: Path, vocabulary: int) -> Self:
        """Read a table of ``vocabulary`` pieces.

        Raises:
            BundleError: it is none, damaged, or of another vocabulary.
        """
        try:
            content = path.read_bytes()
            layout = NgramLayout.of(content)
            arrays = [np.ndarray(count, dtype, content, offset) for dtype, count, offset in layout.sections()]
            table = cls(layout, arrays)
            table._check(vocabulary)
        except (OSError, ValueError) as error:
            raise BundleError(f"{path.name} is damaged ({error}): export the words again.") from error
        return table

    def _check(self, vocabulary: int) -> None:
        if self.layout.vocabulary != vocabulary:
            raise ValueError(f"it is for {self.layout.vocabulary} pieces, the tokenizer has {vocabulary}")
        for level in self._levels:
            ordered = (np.diff(level.contexts) > 0).all() and (np.diff(level.begins.astype(np.int64)) >= 0).all()
            inside = level.begins[0] == 0 and level.begins[-1] == len(level.ids) and (level.ids < vocabulary).all()
            if not (ordered and inside):
                raise ValueError("its n-grams are out of order")

    def after(self, row: Sequence[int]) -> NDArray[np.float32]:
        """Return the probability float32[vocabulary] of what follows a row, of which the last pieces count."""
        after = np.zeros(self.layout.vocabulary, np.float32)
        self.add_after([row], after[None])
        return after

    def add_after(self, rows: Sequence[Sequence[int]], chances: NDArray[np.float32], weight: float = 1.0) -> None:
        """Add to ``chances[rows, vocabulary]`` the ``weight`` times the probability of what follows each row."""
        size, longest = self.layout.vocabulary, self.longest
        last = np.array([[-1] * (longest - len(row)) + [*row[-longest:]] for row in rows], np.int64)
        contexts = (last[:, ::-1] * size ** np.arange(longest)).cumsum(axis=1)
        left = [weight] * len(rows)
        # From the longest context down: what each leaves is shared out by the shorter one.
        for level, wanted in zip(self._levels[::-1], contexts.T[::-1], strict=True):
            for row, at in level.places(wanted):
                followers = slice(level.begins[at], level.begins[at + 1])
                chances[row, level.ids[followers]] += level.probabilities[followers] * np.float32(left[row])
                left[row] *= level.left[at]
        chances += np.array(left, np.float32)[:, None] * self._alone

    def between(self, left: Sequence[int], right: Sequence[int]) -> NDArray[np.float64]:
        """Return the log probabilities (nats) float64[vocabulary] of each piece after ``left``, and ``right`` after it.

        Of ``right`` so many pieces count as an n-gram holds beside the one before them; unknown ones tell nothing.
        """
        scores = np.log(np.maximum(self.after(left), _LEAST)).astype(np.float64)
        for place, following in enumerate(right[: len(self._levels)]):
            if following != UNKNOWN:
                chances = self._chances(following, left, right[:place])
                scores += np.log(np.maximum(chances, _LEAST))
        return scores

    def _chances(self, following: int, left: Sequence[int], right: Sequence[int]) -> NDArray[np.float64]:
        """Return the probability float64[vocabulary] of one piece after ``left``, each of all pieces, and ``right``."""
        size = self.layout.vocabulary
        chances = np.full(size, self._alone[following], np.float64)
        before = [*right[::-1], np.arange(size), *left[::-1]]
        contexts = np.zeros(size, np.int64)
        for length, (level, piece) in enumerate(zip(self._levels, before, strict=False)):
            contexts = contexts + piece * size**length
            at = level.contexts.searchsorted(contexts).clip(max=len(level.contexts) - 1)
            known = np.flatnonzero(level.contexts[at] == contexts) if len(level.contexts) else at[:0]
            own = np.zeros(len(level.contexts))
            where = np.flatnonzero(level.ids == following)
            own[level.begins.searchsorted(where, side="right") - 1] = level.probabilities[where]
            chances[known] = chances[known] * level.left[at[known]] + own[at[known]]
        return chances


class Mixture:
    """A network with a table of n-grams beside it, as a network."""

    def __init__(self, network: NextPieces, table: NgramTable) -> None:
        """Take both; the table knows the weight."""
        self._network, self._table = network, table

    def log_probs(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Return the log probabilities (nats) ``[rows, vocab]`` of the piece after each row, of any length."""
        chances = np.exp(self._network.log_probs(rows))
        weight = self._table.layout.weight
        chances *= np.float32(weight)
        self._table.add_after([self._known(row) for row in rows], chances, 1 - weight)
        np.maximum(chances, _LEAST, out=chances)
        np.log(chances, out=chances)
        return chances

    def _known(self, row: Row) -> list[int]:
        """Return as many last pieces of a row as count."""
        # A member's own start mark has no piece: the table knows the group's alone.
        return [piece if piece < self._table.layout.vocabulary else START for piece in row[-self._table.longest :]]
