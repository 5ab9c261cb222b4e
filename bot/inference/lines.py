"""Lines that everybody of the room says, as whole sentences that may follow one: how long each is, and which fit best.

Knows no network, and nothing of what must not be said.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, Piece, Tokenizer
from bot.bundle.verbatim import Spelling
from bot.inference.draw import morphemes_of
from bot.inference.picker import Thresholds

_WHOLE = 3
"""Of so many morphemes a sentence can be, where there is no line."""
_SELDOM = 0.7
"""What a nat of its place costs a line beside the picker's score: what is answered to everything fits nearly always."""
_EXACT = 2.0
"""What a line is worth more that needs no other one after it."""
_BOLDNESS = 0.5
"""Of a softmax over what the lines are worth, at temperature 1."""


class Answers(Protocol):
    """A picker of answers: the lines that it may pick, the usual first, how well each fits, and what is sure."""

    lines: tuple[str, ...]
    thresholds: Thresholds

    def line_scores(self, message: str) -> NDArray[np.float32] | None:
        """Return how well each line answers ``message``; None where there is nothing in it to go by."""


class Line(NamedTuple):
    """A line, its pieces and how each is spelt, and its place among all, of which the usual ones come first.

    ``length``: of how many morphemes it is, a run of one sign being one; ``words``: the letters of those that have any.
    """

    text: str
    pieces: tuple[Piece, ...]
    spellings: tuple[Spelling, ...]
    place: int
    length: int
    words: tuple[str, ...]
    signs: str


class Lines:
    """The lines of one room, all of whose morphemes its voice knows."""

    def __init__(self, answers: Answers, tokenizer: Tokenizer) -> None:
        """Take the lines with their picker, and the voice's vocabulary."""
        self._answers, self._tokenizer = answers, tokenizer
        self._fitting = lru_cache(maxsize=1 << 6)(self._of_length)

    @cached_property
    def _known(self) -> Sequence[Line]:
        lines = (line_of(text, self._tokenizer.split(text), place) for place, text in enumerate(self._answers.lines))
        return [line for line in lines if all(piece.is_known for piece in line.pieces)]

    @cached_property
    def shortest(self) -> int:
        """The morphemes of the shortest line."""
        return min((line.length for line in self._known), default=_WHOLE)

    def after(self, text: str, left: int, boldness: float, rng: np.random.Generator) -> Iterator[Line]:
        """Yield the lines after which ``left`` morphemes can be said, in a drawn order, those that fit ``text`` first.

        None of them says the words of ``text`` again. At ``boldness`` 0 the best one is first; else each place is drawn
        by a softmax of the scores over it (the Gumbel trick: Kool et al. 2019, arXiv:1903.06059).
        """
        fitting, worth = self._worth(text, left)
        if boldness:
            worth = worth / (_BOLDNESS * boldness) + rng.gumbel(size=len(worth))
        said = Spelling.of(text)
        in_order = (self._known[at] for at in fitting[np.argsort(-worth, kind="stable")])
        yield from (line for line in in_order if not _says_again(line.words, line.signs, said))

    def best_after(self, text: str, left: int) -> float:
        """Return what the best line is worth after which ``left`` morphemes can be said; -inf where there is none."""
        fitting, worth = self._worth(text, left)
        said = Spelling.of(text)
        for _ in fitting:
            line = self._known[fitting[best := worth.argmax()]]
            if not _says_again(line.words, line.signs, said):
                return float(worth[best])
            worth[best] = -np.inf
        return -math.inf

    def _worth(self, text: str, left: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the lines after which ``left`` morphemes can be said, and what each is worth after ``text``.

        A line of that length whose score is just sure is worth ``_EXACT``.
        """
        fitting, worth = self._fitting(left)
        scores = self._answers.line_scores(text)
        if scores is None:
            return fitting, worth.copy()
        return fitting, worth + scores[self._places[fitting]] - self._answers.thresholds.sure

    def _of_length(self, left: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the lines of ``left`` morphemes, and shorter ones that leave no single one; what each is worth."""
        lengths = np.array([line.length for line in self._known])
        fitting = np.flatnonzero((lengths == left) | ((lengths >= 2) & (lengths < left - 1)))
        return fitting, _EXACT * (lengths[fitting] == left) - _SELDOM * np.log1p(self._places[fitting])

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        return np.array([line.place for line in self._known], np.intp)


def line_of(text: str, pieces: Sequence[Piece], place: int) -> Line:
    """Return the line of those pieces."""
    spellings = tuple(Spelling.of(piece.text.removeprefix(BEGIN)) for piece in pieces)
    length = len(morphemes_of([piece.text for piece in pieces]))
    return Line(text, tuple(pieces), spellings, place, length, _words(text), Spelling.of(text).signs)


def echoes(text: str, said: Spelling) -> bool:
    """Say whether most words of a text stand in what was said."""
    return _says_again(_words(text), Spelling.of(text).signs, said)


def _says_again(words: Sequence[str], signs: str, said: Spelling) -> bool:
    if not words:
        return signs == said.signs
    return sum(word in said.letters for word in words) * 2 > len(words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(letters for word in text.split() if (letters := Spelling.of(word).letters))
