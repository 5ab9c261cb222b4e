"""Lines that everybody of the room says, as whole sentences that may follow one: how long each is, and which fit best.

Knows no network, and nothing of what must not be said.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from operator import eq
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, Piece, Tokenizer
from bot.bundle.verbatim import Spelling
from bot.inference.draw import Draw, morphemes_of
from bot.inference.picker import Thresholds

_WHOLE = 3
"""Of so many morphemes a sentence can be, where there is no line."""
_SELDOM, _HARDLY = 1.0, 0.3
"""What a nat of its place costs a line that does not fit surely, and what the picker's score counts then: what is
answered to everything fits nearly always."""
_EXACT = 1.0
"""What a line is worth more that needs no other one after it."""
_BOLDNESS, _BOLDER = 0.5, 0.7
"""Of a softmax over what lines that surely fit are worth, and over others, at temperature 1."""
_FEELINGS = frozenset("ㅋㅎㅠㅜ")
_FELT = 1.5
"""What a line is worth more that laughs or cries where nobody did: that fits where nothing surely does."""
_AGAIN = 6.0
"""What one is worth less that says a word of another line again, or laughs where two did."""
_REST = 2
"""What a line leaves for another one, at least."""

_WORSE, _BROKEN = 1.2, -4.5
"""Nats of smoothness: a sentence that is so much worse than another one does not follow it, nor one below that bar."""
WHOLE = 0.5
"""What a sentence is worth more (nats) that needs no other one after it."""
_NEARLY, _SHORT_REST = 0.25, 3
"""What one is worth more that leaves so few morphemes that one line has them."""
_FOLLOWED = 0.25
"""What one is worth more for each nat that one which can follow is not worse."""


class Answers(Protocol):
    """A picker of answers: the lines that it may pick, the usual first, and how well each fits."""

    lines: tuple[str, ...]
    thresholds: Thresholds

    def line_scores(self, message: str) -> NDArray[np.float32] | None:
        """Return how well each line answers ``message``; None where there is nothing in it to go by."""


class Line(NamedTuple):
    """A line, its pieces and how each is spelt, and its place among all, of which the usual ones come first.

    ``length``: of how many morphemes it is, a run of one sign being one; ``words``: the letters of those that have any;
    ``feelings``: the letters with which it laughs or cries.
    """

    text: str
    pieces: tuple[Piece, ...]
    spellings: tuple[Spelling, ...]
    place: int
    length: int
    words: tuple[str, ...]
    signs: str
    feelings: Set[str]


class Following(NamedTuple):
    """Lines that may follow a text, each list in a drawn order: those that surely fit it, and the others."""

    sure: Sequence[Line] = ()
    others: Sequence[Line] = ()


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
    def shortest(self) -> int:
        """The morphemes of the shortest line."""
        return min((line.length for line in self._known), default=_WHOLE)

    def after(self, sentences: Sequence[str], left: int, boldness: float, rng: np.random.Generator) -> Following:
        """Return the lines after which ``left`` morphemes can be said, those that fit the ``sentences`` first.

        None of them says their words again. At ``boldness`` 0 the best one is first; else each place is drawn by a
        softmax of the scores over it (the Gumbel trick: Kool et al. 2019, arXiv:1903.06059).
        """
        text = " ".join(sentences)
        said, further = Spelling.of(text), Spelling.of(" ".join(sentences[1:]))
        again, repeating, felt = self._echoing(said), self._repeating(said, further), _FEELINGS.intersection(said.signs)
        fitting = [(at, line) for at, line in self._fitting(left) if at not in again]
        lines = [line for _, line in fitting]
        places = np.array([line.place for line in lines], np.intp)
        line_scores = self._answers.line_scores(text)
        scores = np.zeros(len(lines), np.float32) if line_scores is None else line_scores[places]
        places = np.log1p(places)
        bars = self._answers.thresholds
        repeats = np.array([at in repeating for at, _ in fitting], np.bool_)
        is_sure = (scores - bars.seldom * places >= (bars.sure + bars.surest) / 2) & ~repeats
        # What does not fit surely hardly fits better for a higher score.
        worth = np.where(is_sure, scores - bars.seldom * places, _HARDLY * scores - _SELDOM * places) - _AGAIN * repeats
        worth += _EXACT * np.array([line.length == left for line in lines])
        worth += _FELT * np.array([bool(line.feelings - felt) for line in lines])
        if sum(not _FEELINGS.isdisjoint(sentence) for sentence in sentences) > 1:
            worth -= _AGAIN * np.array([bool(line.feelings) for line in lines])
        if boldness:
            worth += np.where(is_sure, _BOLDNESS, _BOLDER) * boldness * rng.gumbel(size=len(lines))
        order = np.argsort(-worth, kind="stable")
        return Following([lines[at] for at in order if is_sure[at]], [lines[at] for at in order if not is_sure[at]])

    def _of_length(self, left: int) -> Sequence[tuple[int, Line]]:
        """Return the lines of ``left`` morphemes, and shorter ones that leave no single one."""
        lengths = [left, *range(2, left - _REST + 1)]
        return [(at, line) for length in lengths for at, line in enumerate(self._known) if line.length == length]

    def _echoing(self, said: Spelling) -> Set[int]:
        """Return the lines most of whose words stand in what was said."""
        again = (self._with_word[word] for word in self._with_word if word in said.letters)
        often = Counter(chain.from_iterable(again))
        echoing = {at for at, count in often.items() if count * 2 > len(self._known[at].words)}
        return echoing | {at for at in self._wordless if self._known[at].signs == said.signs}

    def _repeating(self, said: Spelling, further: Spelling) -> Set[int]:
        """Return the lines that say again the last word that was said, or one of what followed the first sentence."""
        words = (word for word in self._with_word if word in further.letters or said.letters.endswith(word))
        return {at for word in words if len(word) > 1 for at in self._with_word[word]}

    @cached_property
    def _wordless(self) -> Sequence[int]:
        return [at for at, line in enumerate(self._known) if not line.words]


class Sentence(NamedTuple):
    """A whole draw as it would follow another one: all its pieces, what was typed among them, and their morphemes."""

    draw: Draw
    typed: Sequence[Piece]
    length: int
    smoothness: float

    @property
    def pieces(self) -> Sequence[Piece]:
        """Every piece of it."""
        added = (
            Piece(text, choice.ids, True) for text, choice in zip(self.draw.pieces, self.draw.choices, strict=True)
        )
        return [*self.typed, *added]

    @property
    def spellings(self) -> Sequence[Spelling]:
        """How each piece is spelt."""
        return _spellings(self.pieces)


class Others:
    """Sentences that were drawn after the same word, of which one may follow another: both are about the word."""

    def __init__(self, drawn: Iterable[Draw], typed: Sequence[Piece], rest: int) -> None:
        """Take different whole draws, the pieces of what was typed, and so many morphemes as a line has at least."""
        own = len(morphemes_of([piece.text for piece in typed]))
        self._sentences = [Sentence(draw, typed, own + draw.now.count, draw.smoothness) for draw in drawn]
        self._rest = rest

    def after(self, first: Draw, left: int) -> list[tuple[float, Sentence]]:
        """Return those that say something new within ``left`` morphemes, and what they are worth (nats)."""
        least = max(first.smoothness - _WORSE, _BROKEN)
        return [
            (each.smoothness + (WHOLE if each.length == left else _NEARLY * (left - each.length <= _SHORT_REST)), each)
            for each in self._sentences
            if (each.length == left or each.length <= left - self._rest)
            and each.smoothness > least
            and not echoes(each.draw.now.text, first.now.line)
        ]

    def worth(self, first: Draw, left: int) -> float:
        """Return what it is worth (nats) that nothing need follow ``first``, or one of them can."""
        if not left:
            return WHOLE
        best = max((worth for worth, _ in self.after(first, left)), default=-math.inf)
        return _FOLLOWED * max(0.0, best - first.smoothness + _WORSE)


def _line(text: str, tokenizer: Tokenizer, place: int) -> Line:
    pieces = tuple(tokenizer.split(text))
    length = len(morphemes_of([piece.text for piece in pieces]))
    signs = Spelling.of(text).signs
    return Line(text, pieces, _spellings(pieces), place, length, _words(text), signs, _FEELINGS.intersection(signs))


def _spellings(pieces: Iterable[Piece]) -> tuple[Spelling, ...]:
    return tuple(Spelling.of(piece.text.removeprefix(BEGIN)) for piece in pieces)


def echoes(text: str, said: Spelling) -> bool:
    """Say whether most words of a text stand in what was said."""
    words = _words(text)
    if not words:
        return Spelling.of(text).signs == said.signs
    return sum(word in said.letters for word in words) * 2 > len(words)


def stutters(text: str) -> bool:
    """Say whether a text says a word of two letters or more twice, or one or two words twice in a row."""
    words = _words(text)
    long = [word for word in words if len(word) > 1]
    pairs = [*pairwise(words)]
    return len(long) > len(set(long)) or any(map(eq, words, words[1:])) or any(map(eq, pairs, pairs[2:]))


@lru_cache(maxsize=1 << 10)
def _words(text: str) -> tuple[str, ...]:
    return tuple(letters for word in text.split() if (letters := Spelling.of(word).letters))
