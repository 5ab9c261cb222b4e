"""Lines that everybody of the room says, as whole sentences that may follow one: how long each is, and which fit best.

Knows no network, and nothing of what must not be said.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, Piece, Tokenizer
from bot.bundle.verbatim import Spelling
from bot.inference.draw import morphemes_of

_WHOLE = 3
"""Of so many morphemes a sentence can be, where there is no line."""
_SELDOM = 0.7
"""What a nat of its place costs a line beside the picker's score: what is answered to everything fits nearly always."""
_EXACT = 2.0
"""What a line is worth more that needs no other one after it."""
_BOLDNESS = 0.5
"""Of a softmax over what the lines are worth, at temperature 1."""


class Answers(Protocol):
    """A picker of answers: the lines that it may pick, the usual first, and how well each fits."""

    lines: tuple[str, ...]

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
        lines = (_line(text, self._tokenizer, place) for place, text in enumerate(self._answers.lines))
        return [line for line in lines if all(piece.is_known for piece in line.pieces)]

    @cached_property
    def _with_word(self) -> Mapping[str, Sequence[int]]:
        """The lines that have a word, by it; each as often as it has the word."""
        with_word: dict[str, list[int]] = {}
        for at, line in enumerate(self._known):
            for word in line.words:
                with_word.setdefault(word, []).append(at)
        return with_word

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        """The words that lines have, by their first letter."""
        return {letter: list(words) for letter, words in groupby(sorted(self._with_word), key=itemgetter(0))}

    @cached_property
    def shortest(self) -> int:
        """The morphemes of the shortest line."""
        return min((line.length for line in self._known), default=_WHOLE)

    def after(self, text: str, left: int, boldness: float, rng: np.random.Generator) -> Iterator[Line]:
        """Yield the lines after which ``left`` morphemes can be said, in a drawn order, those that fit ``text`` first.

        None of them says the words of ``text`` again. At ``boldness`` 0 the best one is first; else each place is drawn
        by a softmax of the scores over it (the Gumbel trick: Kool et al. 2019, arXiv:1903.06059).
        """
        fitting, worth = self._fitting(left)
        scores = self._answers.line_scores(text)
        if scores is not None:
            worth = worth + scores[self._places[fitting]]
        if boldness:
            worth = worth / (_BOLDNESS * boldness) + rng.gumbel(size=len(worth))
        again = self._echoing(Spelling.of(text))
        yield from (self._known[at] for at in fitting[np.argsort(-worth, kind="stable")] if at not in again)

    def _of_length(self, left: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the lines of ``left`` morphemes, and shorter ones that leave no single one; what each is worth."""
        lengths = np.array([line.length for line in self._known])
        fitting = np.flatnonzero((lengths == left) | ((lengths >= 2) & (lengths < left - 1)))
        return fitting, _EXACT * (lengths[fitting] == left) - _SELDOM * np.log1p(self._places[fitting])

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        return np.array([line.place for line in self._known], np.intp)

    def _echoing(self, said: Spelling) -> Set[int]:
        """Return the lines most of whose words stand in what was said."""
        words = chain.from_iterable(self._by_letter.get(letter, ()) for letter in {*said.letters})
        again = (self._with_word[word] for word in words if word in said.letters)
        often = Counter(chain.from_iterable(again))
        echoing = {at for at, count in often.items() if count * 2 > len(self._known[at].words)}
        return echoing | {at for at in self._wordless if self._known[at].signs == said.signs}

    @cached_property
    def _wordless(self) -> Sequence[int]:
        return [at for at, line in enumerate(self._known) if not line.words]


def _line(text: str, tokenizer: Tokenizer, place: int) -> Line:
    pieces = tuple(tokenizer.split(text))
    spellings = tuple(Spelling.of(piece.text.removeprefix(BEGIN)) for piece in pieces)
    length = len(morphemes_of([piece.text for piece in pieces]))
    return Line(text, pieces, spellings, place, length, _words(text), Spelling.of(text).signs)


def echoes(text: str, said: Spelling) -> bool:
    """Say whether most words of a text stand in what was said."""
    words = _words(text)
    if not words:
        return Spelling.of(text).signs == said.signs
    return sum(word in said.letters for word in words) * 2 > len(words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(letters for word in text.split() if (letters := Spelling.of(word).letters))
