"""The modified Kneser-Ney language model: the count-based rival that a network has to beat on the same split.

Chen & Goodman, "An Empirical Study of Smoothing Techniques for Language Modeling" (Harvard TR-10-98, 1998),
interpolated. It sees the rows that the networks see and is asked the same: a row is ``<s>``, pieces, ``</s>``; every
piece after ``<s>`` is to be foretold, save ``<unk>``, which stands in contexts only. Knows nothing of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from bot.bundle.tokenizer import START, UNKNOWN

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_FALLBACK = (0.0, 0.5, 1.0, 1.5)
"""Discounts of n-grams seen never, once, twice, more often, where there are too few to estimate them (KenLM's)."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in the joined rows a piece is to be foretold, and how many pieces of its row stand before it."""

    flat: Ids
    targets: Ids
    before: Ids

    @classmethod
    def of(cls, rows: Sequence[Sequence[int] | Ids]) -> Self:
        flat = np.concatenate([(), *rows], dtype=np.int64, casting="unsafe")
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        before = np.arange(len(flat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        targets = np.flatnonzero((before > 0) & (flat != UNKNOWN))
        return cls(flat, targets, before[targets])

    def keys(self, length: int, base: int) -> Ids:
        """Return the ``length``-grams that end at the targets as numbers to ``base``; -1 where the row is shorter."""
        keys = np.zeros(len(self.targets), dtype=np.int64)
        for back in reversed(range(length)):
            keys = keys * base + self.flat[np.maximum(self.targets - back, 0)]
        keys[self.before < length - 1] = -1
        return keys


@dataclass(frozen=True, slots=True)
class _Level:
    """The n-grams of one length with their discounted probability, and what each context leaves to the level below."""

    ngrams: Ids
    probability: Floats
    contexts: Ids
    left: Floats

    @classmethod
    def of(cls, ngrams: Ids, counts: Ids, base: int) -> Self:
        discounts = _discounts(counts)[np.minimum(counts, 3)]
        contexts, context = np.unique(ngrams // base, return_inverse=True)
        totals = np.bincount(context, weights=counts)
        left = np.bincount(context, weights=discounts) / totals
        return cls(ngrams, (counts - discounts) / totals[context], contexts, left)

    def only(self, kept: Ids, base: int) -> "_Level":
        """Return the level with the n-grams of ``kept`` alone."""
        of_them = np.isin(self.ngrams, kept)
        ngrams, probability = self.ngrams[of_them], self.probability[of_them]
        contexts, context = np.unique(ngrams // base, return_inverse=True)
        left = np.subtract(1.0, np.bincount(context, weights=probability, minlength=len(contexts)), dtype=np.float64)
        return _Level(ngrams, probability, contexts, left)

    def mix(self, keys: Ids, base: int, below: Floats) -> Floats:
        """Return the probability of each n-gram, given what the level below says of it."""
        discounted = _look_up(self.ngrams, self.probability, keys, 0.0)
        return discounted + _look_up(self.contexts, self.left, keys // base, 1.0) * below


class KneserNey:
    """An n-gram model over the ids of one vocabulary, ``<unk>`` and ``<s>`` never coming out."""

    def __init__(self, vocabulary: int, order: int = 4) -> None:
        """Take how many ids there are, the special ones included, and the length of the longest n-gram.

        Raises:
            ValueError: so many n-grams of that length cannot be numbered in 64 bits.
        """
        if vocabulary**order >= 2**63:
            raise ValueError(f"{order}-grams of {vocabulary} pieces are too many to number")
        self.vocabulary, self.order = vocabulary, order
        self._levels: list[_Level] = []

    def fit(self, rows: Sequence[Sequence[int] | Ids]) -> Self:
        """Count the n-grams of ``rows``, each ``<s>``, pieces, ``</s>``."""
        places = _Places.of(rows)
        longest, counts = _count(places.keys(self.order, self.vocabulary))
        levels = [_Level.of(longest, counts, self.vocabulary)]
        for length in range(self.order - 1, 0, -1):
            # A shorter n-gram counts once for each piece it followed, and as often as it was seen at a row's start.
            followed = longest % self.vocabulary**length
            starts = places.keys(length, self.vocabulary)[places.before == length - 1]
            longest, counts = _count(np.concatenate((followed, starts)))
            levels.append(_Level.of(longest, counts, self.vocabulary))
        self._levels = levels[::-1]
        return self

    def log_probabilities(self, rows: Sequence[Sequence[int] | Ids]) -> Floats:
        """Return the natural logarithm of the probability of every known piece of ``rows`` after ``<s>``, in order.

        Shape: float64[targets]; each piece is foretold from all that stands before it in its row.
        """
        places = _Places.of(rows)
        # All that may come out is equally probable before anything was counted.
        probability = np.full(len(places.targets), 1 / (self.vocabulary - 2))
        for length, level in enumerate(self._levels, start=1):
            probability = level.mix(places.keys(length, self.vocabulary), self.vocabulary, probability)
        logarithms: Floats = np.log(probability)
        return logarithms

    def ngrams(self, rows: Sequence[Sequence[int] | Ids], length: int) -> tuple[Ids, Ids]:
        """Return each n-gram of ``length`` that ``rows`` hold, as a number, and which row holds it."""
        places = _Places.of(rows)
        ngrams = places.keys(length, self.vocabulary)
        row = np.repeat(np.arange(len(rows)), [len(row) for row in rows])[places.targets]
        return ngrams[ngrams >= 0], row[ngrams >= 0]

    def pruned(self, kept: Sequence[Ids]) -> "KneserNey":
        """Return the model without the n-grams, of two pieces and more, that are not among ``kept`` of their length.

        What they had goes to the level below.
        """
        pruned = KneserNey(self.vocabulary, self.order)
        longer = (level.only(ngrams, self.vocabulary) for level, ngrams in zip(self._levels[1:], kept, strict=True))
        pruned._levels = [self._levels[0], *longer]
        return pruned

    def followers(self, length: int) -> tuple[Ids, Floats, Ids, Ids, Floats]:
        """Return what the n-grams of ``length`` are as flat arrays.

        The contexts, sorted; what each leaves to the level below; where its followers begin, and the last end; the
        followers; and their discounted probabilities.
        """
        level = self._levels[length - 1]
        begins = np.searchsorted(level.ngrams // self.vocabulary, level.contexts)
        ends, ids = np.append(begins, len(level.ngrams)), level.ngrams % self.vocabulary
        return level.contexts, level.left, ends, ids, level.probability

    def next_piece(self, prefix: Sequence[int], among: Sequence[int] | None = None) -> Floats:
        """Return the probability of every id after ``prefix``, a row so far or its end: float64[vocabulary].

        Or of the ids ``among`` which it is asked for alone: float64[among].
        """
        ids = np.arange(self.vocabulary) if among is None else np.array(among, dtype=np.int64)
        probability = np.full(len(ids), 1 / (self.vocabulary - 2))
        probability[(ids == UNKNOWN) | (ids == START)] = 0
        for length, level in enumerate(self._levels[: len(prefix) + 1], start=1):
            context = 0
            for piece in prefix[len(prefix) - length + 1 :]:
                context = context * self.vocabulary + piece
            probability = level.mix(context * self.vocabulary + ids, self.vocabulary, probability)
        return probability


def _count(keys: Ids) -> tuple[Ids, Ids]:
    return np.unique(keys[keys >= 0], return_counts=True)


def _discounts(counts: Ids) -> Floats:
    """Return what to take off n-grams seen 0, 1, 2, and 3 or more times (Chen & Goodman 1998, equation 26)."""
    once, twice, thrice, four = (int((counts == times).sum()) for times in range(1, 5))
    if not (once and twice and thrice and four):
        return np.array(_FALLBACK)
    share = once / (once + 2 * twice)
    discounts = np.array(
        [0.0, 1 - 2 * share * twice / once, 2 - 3 * share * thrice / twice, 3 - 4 * share * four / thrice]
    )
    return discounts if (discounts[1:] > 0).all() and (discounts <= (0, 1, 2, 3)).all() else np.array(_FALLBACK)


def _look_up(keys: Ids, values: Floats, wanted: Ids, otherwise: float) -> Floats:
    """Return for each of ``wanted`` the value beside it in the sorted ``keys``, or ``otherwise`` where it is not."""
    if not len(keys):
        return np.full(len(wanted), otherwise)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], otherwise)
