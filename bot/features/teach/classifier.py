"""Classifier of few pictures: which of the taught things one shows, or that it is none of them. Knows no names.

A thing is as near as its pictures are in the mean and the nearest of them, half each. How likely each is follows from
that by a logistic model with a class more, for what was never taught. What is alike was measured for the network
(:class:`~bot.inference.features.Likeness`); from there the threshold is moved by leave-one-out: each taught picture
must be found among the others, and be none of them where its own thing was never taught. A ridge regression was tried:
it tells things apart as well, and knows far less whether it knows; see docs/experiments.md.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.inference.features import Features, Likeness

FEWEST_THINGS = 2
SURE, CLEAR = 0.5, 0.8
"""Below the one the answer is that it is none of them, below the other only perhaps. No per cents are said: between the
two 84 % of answers were right where other things were never taught, and 38 % where it was what looks much like them,
and nobody knows which of that will be asked. From the other on it was 99 % in both (see docs/experiments.md)."""
_MOVES = np.linspace(-0.1, 0.1, 41)
_USUAL_MOVE = 0.02
"""The thresholds that are tried, from the network's on; and how far the best of a place is from it (a Gaussian's
deviation): a few pictures must not overturn what hundreds told."""

_Scores = NDArray[np.floating]


class Guess(NamedTuple):
    """The likeliest thing, by its number, and how likely it is."""

    thing: int
    likelihood: float

    @property
    def is_sure(self) -> bool:
        """Whether to say it."""
        return self.likelihood >= SURE

    @property
    def is_clear(self) -> bool:
        """Whether to say it without a perhaps."""
        return self.likelihood >= CLEAR


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """How many pictures were recognised by the others, of those whose thing has others."""

    right: int
    asked: int


class Classifier:
    """What was taught at one place."""

    def __init__(self, features: Features, things: NDArray[np.intp], likeness: Likeness) -> None:
        """Take a row for each picture, and of each the number of its thing: 0, 1, … without gaps."""
        self._features, self._things = features, things
        self._sharpness = likeness.sharpness
        self._count = int(things.max(initial=-1)) + 1
        left_out = self._left_out()
        self._threshold = self._fitted(left_out, likeness.threshold)
        self.leave_one_out = self._recognised(left_out)

    def guess(self, row: Features) -> Guess:
        """Return what a picture with this row is likeliest to show."""
        products = row @ self._features.T
        scores = np.array([_score(products[self._things == thing]) for thing in range(self._count)])
        likelihoods = np.exp(self._log_likelihoods(scores, self._threshold)[:-1])
        return Guess(int(likelihoods.argmax()), float(likelihoods.max()))

    def _left_out(self) -> _Scores:
        """Return how near each picture is to each thing ``[pictures, things]``, to its own by the others alone.

        To one that has no others it is not near at all.
        """
        products = self._features @ self._features.T
        np.fill_diagonal(products, np.nan)
        scores = np.full((len(products), self._count), -np.inf)
        for thing in range(self._count):
            columns = products[:, self._things == thing]
            has_some = ~np.isnan(columns).all(1)
            some = columns[has_some]
            scores[has_some, thing] = (np.nanmean(some, 1) + np.nanmax(some, 1)) / 2
        return scores

    def _fitted(self, left_out: _Scores, usual: float) -> float:
        """Return the threshold by which the pictures are best found, and best not found where their thing is gone."""
        rows = np.arange(len(left_out))
        gone = left_out.copy()
        gone[rows, self._things] = -np.inf
        has_others = np.isfinite(left_out[rows, self._things])

        def worth(move: float) -> float:
            known = self._log_likelihoods(left_out[has_others], usual + move)
            unknown = self._log_likelihoods(gone, usual + move)
            found = known[np.arange(len(known)), self._things[has_others]].sum()
            return float(found + unknown[:, -1].sum() - (move / _USUAL_MOVE) ** 2 / 2)

        moves: list[float] = _MOVES.tolist()
        return usual + max(moves, key=worth)

    def _recognised(self, left_out: _Scores) -> LeaveOneOut:
        has_others = np.isfinite(left_out[np.arange(len(left_out)), self._things])
        likelihoods = np.exp(self._log_likelihoods(left_out[has_others], self._threshold)[:, :-1])
        own = likelihoods[np.arange(len(likelihoods)), self._things[has_others]]
        right = (own >= SURE) & (own == likelihoods.max(1, initial=0))
        return LeaveOneOut(int(right.sum()), int(has_others.sum()))

    def _log_likelihoods(self, scores: _Scores, threshold: float) -> _Scores:
        """Return the logarithms ``[…, things + 1]`` of how likely each thing is, and last that it is none of them."""
        logits = self._sharpness * (scores - threshold)
        logits = np.concatenate([logits, np.zeros((*logits.shape[:-1], 1))], -1)
        logits -= logits.max(-1, keepdims=True)
        return np.asarray(logits - np.log(np.exp(logits).sum(-1, keepdims=True)))


def _score(products: Features) -> float:
    return float(products.mean() + products.max()) / 2
