"""Lines that everybody of the room says, as whole sentences that may follow one: how long each is, and which fit best.

Knows no network, and nothing of what must not be said.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Piece, Tokenizer
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
    """A picker of answers: what may be picked, the usual first, and how well it fits."""

    lines: tuple[str, ...]

    def scores(self, message: str, answers: Sequence[str]) -> NDArray[np.float32] | None:
        """Return how well each of ``answers`` answers ``message``; None where there is nothing in it to go by."""


class Line(NamedTuple):
    """A line, its pieces, and its place among all, of which the usual ones come first.

    ``length``: of how many morphemes it is, a run of one sign being one; ``words``: the letters of those that have any.
    """

    text: str
    pieces: tuple[Piece, ...]
    place: int
    length: int
    words: tuple[str, ...]
    signs: str


class Lines:
    """The lines of one room, all of whose morphemes its voice knows."""

    def __init__(self, answers: Answers, tokenizer: Tokenizer) -> None:
        """Take the lines with their picker, and the voice's vocabulary."""
        self._answers, self._tokenizer = answers, tokenizer

    @cached_property
    def _by_count(self) -> Mapping[int, list[Line]]:
        by_count: dict[int, list[Line]] = {}
        for place, text in enumerate(self._answers.lines):
            pieces = tuple(self._tokenizer.split(text))
            if all(piece.is_known for piece in pieces):
                length = len(morphemes_of([piece.text for piece in pieces]))
                line = Line(text, pieces, place, length, _words(text), Spelling.of(text).signs)
                by_count.setdefault(length, []).append(line)
        return by_count

    @cached_property
    def _words(self) -> Set[str]:
        return {word for lines in self._by_count.values() for line in lines for word in line.words}

    @property
    def shortest(self) -> int:
        """The morphemes of the shortest line."""
        return min(self._by_count, default=_WHOLE)

    def after(self, text: str, left: int, boldness: float, rng: np.random.Generator) -> Iterator[Line]:
        """Yield the lines after which ``left`` morphemes can be said, in a drawn order, those that fit ``text`` first.

        None of them says the words of ``text`` again. At ``boldness`` 0 the best one is first; else each place is drawn
        by a softmax of the scores over it (the Gumbel trick: Kool et al. 2019, arXiv:1903.06059).
        """
        said = Spelling.of(text)
        again = {word for word in self._words if word in said.letters}
        lines = [line for line in self._fitting(left) if not _echoes(line.words, line.signs, again, said)]
        scores = self._answers.scores(text, [line.text for line in lines])
        worth = -_SELDOM * np.log1p([line.place for line in lines])
        worth += _EXACT * np.array([line.length == left for line in lines])
        if scores is not None:
            worth += scores
        if boldness:
            worth = worth / (_BOLDNESS * boldness) + rng.gumbel(size=len(lines))
        yield from (lines[at] for at in np.argsort(-worth, kind="stable"))

    def _fitting(self, left: int) -> list[Line]:
        """Return the lines of ``left`` morphemes, and shorter ones that leave no single one."""
        lengths = [left, *range(2, left - 1)]
        return [*chain.from_iterable(self._by_count.get(length, []) for length in lengths)]


def echoes(text: str, said: Spelling) -> bool:
    """Say whether most words of a text stand in what was said."""
    words = _words(text)
    return _echoes(words, Spelling.of(text).signs, {word for word in words if word in said.letters}, said)


def _words(text: str) -> tuple[str, ...]:
    return tuple(letters for word in text.split() if (letters := Spelling.of(word).letters))


def _echoes(words: Sequence[str], signs: str, again: Set[str], said: Spelling) -> bool:
    """Say so of a text with these words and signs; ``again``: of the words those that stand in what was said."""
    if not words:
        return signs == said.signs
    return sum(map(again.__contains__, words)) * 2 > len(words)
