"""What several people of a room said word for word: how that goes on from what was typed, and what was answered to it.

Knows no network, and nothing of what must not be said.
"""

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from bot.bundle import Tokenizer, normalise
from bot.bundle.exchanges import Exchanges
from bot.inference.draw import morphemes_of
from bot.inference.lines import Line, line_of

_LOOKED_AT = 64
"""So many lines that begin with what was typed are looked at: of a frequent word there are hundreds."""
_SHORTEST = 2
"""Morphemes of an answer after which another one comes."""
_FURTHER = 2
"""So many answers may follow the first one until all that was asked for is said."""


class Quotes:
    """The lines of one room that several people said, and of some what several answered to them."""

    def __init__(self, lines: Sequence[str], exchanges: Exchanges, tokenizer: Tokenizer) -> None:
        """Take a picker's lines, what else several people said, and the voice's vocabulary."""
        self._texts, self._tokenizer = (*lines, *exchanges.more), tokenizer
        self._places = {text: place for place, text in enumerate(self._texts)}
        self._in_order = sorted(self._texts)
        self._answers: dict[int, list[int]] = defaultdict(list)
        for one, other in exchanges.answers:
            self._answers[one].append(other)
        # Of a line that is looked at its pieces' texts are enough, which are the vocabulary's own: they stay.
        self._pieces = lru_cache(maxsize=None)(self._cut)
        self._line = lru_cache(maxsize=1 << 11)(self._line_at)

    def __contains__(self, text: str) -> bool:
        return normalise(text) in self._places

    def going_on(self, typed: str, left: int | None, rng: np.random.Generator) -> Iterator[Line]:
        """Yield what lines say after what was ``typed``, in a drawn order: so many morphemes, or any number.

        Shorter ones are among them where answers to them make up what is ``left``.
        """
        text, pieces = normalise(typed), tuple(piece.text for piece in self._tokenizer.split(typed))
        typed_length = len(morphemes_of(pieces))
        first, end = (bisect_left(self._in_order, text + after) for after in ("", chr(sys.maxunicode)))
        for number in (first + rng.permutation(end - first)[:_LOOKED_AT]).tolist():
            place = self._places[self._in_order[number]]
            own = self._pieces(place)
            if own[: len(pieces)] != pieces or len(own) == len(pieces):
                continue
            length = len(morphemes_of(own)) - typed_length
            if left is None or length == left or self._making_up(place, left - length):
                line = self._line(place)
                yield line_of(line.text, line.pieces[len(pieces) :], place)

    def answers(self, said: str, left: int, rng: np.random.Generator) -> Iterator[Line]:
        """Yield the answers to what was ``said`` that make up what is ``left``, in a drawn order."""
        for answer in rng.permutation(self._making_up(self._places.get(normalise(said), -1), left)):
            yield self._line(int(answer))

    def makes_up(self, said: str, left: int) -> bool:
        """Say whether answers to what was ``said`` can make up what is ``left``."""
        return bool(self._making_up(self._places.get(normalise(said), -1), left))

    def _making_up(self, place: int, left: int, further: int = _FURTHER) -> list[int]:
        """Return the places of answers that are as long as what is left, or whose own answers make up the rest."""
        return [
            answer
            for answer in self._answers.get(place, ())
            if (length := len(morphemes_of(self._pieces(answer)))) == left
            or (further and _SHORTEST <= length < left and self._making_up(answer, left - length, further - 1))
        ]

    def _cut(self, place: int) -> tuple[str, ...]:
        """Return the pieces of the line at a place; none where the voice does not know all of it."""
        pieces = self._tokenizer.split(self._texts[place])
        return tuple(piece.text for piece in pieces) if all(piece.is_known for piece in pieces) else ()

    def _line_at(self, place: int) -> Line:
        text = self._texts[place]
        return line_of(text, self._tokenizer.split(text), place)
