"""What must not be said: a guard holds together what is somebody's own and lines that were refused.

Those lines are compared by letters as the verbatim filter does, and without its errors. One is held back as a whole
answer, and one of ``RUN`` pieces or more in every run of so many, wherever an answer would come to its end. Knows no
store, nor who refused a line.
"""

from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bot.bundle import BEGIN, Tokenizer
from bot.bundle.verbatim import FEWEST_LETTERS, RUN, Spelling, VerbatimFilter


class _Line(NamedTuple):
    """What is compared of one line; its signs count where it has no letters."""

    runs: frozenset[str]
    letters: str
    signs: str


class Refused:
    """What some lines hold back together."""

    def __init__(self, lines: Set[_Line]) -> None:
        self._runs = frozenset[str]().union(*(line.runs for line in lines))
        self._lengths = sorted({len(run) for run in self._runs})
        self._letters = {line.letters for line in lines if line.letters}
        self._signs = {line.signs for line in lines if not line.letters}

    def ends_passage(self, said: Spelling, more: Spelling) -> bool:
        """Return whether ``more``, after what was ``said``, would bring a run to its end."""
        text = said.then(more).letters
        first = min(len(said.letters) + 1, len(text))
        return any(
            text[end - length : end] in self._runs
            for end in range(first, len(text) + 1)
            for length in self._lengths
            if length <= end
        )

    def is_message(self, text: Spelling) -> bool:
        """Return whether a whole text is a line."""
        return text.letters in self._letters if text.letters else text.signs in self._signs


class Guard:
    """All that one answer must not say."""

    def __init__(self, filters: Sequence[VerbatimFilter | Refused]) -> None:
        """Take what holds back."""
        self.filters = filters

    def ends_passage(self, said: Spelling, more: Spelling) -> bool:
        """Return whether ``more``, after what was ``said``, would bring to its end what is held back."""
        return any(each.ends_passage(said, more) for each in self.filters)

    def is_message(self, said: Spelling, line: Spelling) -> bool:
        """Return whether all that was ``said``, or its last ``line`` alone, is held back as a whole."""
        return any(each.is_message(said) or (line != said and each.is_message(line)) for each in self.filters)


class Guards:
    """The guards of one voice. Each refused line is cut once: a server asks with all of its own."""

    def __init__(self, tokenizer: Tokenizer, *verbatim: VerbatimFilter | None) -> None:
        """Take the vocabulary, and the filters of what is somebody's own, as far as there are any."""
        self._tokenizer = tokenizer
        self._verbatim = verbatim
        self._line = lru_cache(maxsize=1 << 13)(self._cut)
        self.of = lru_cache(maxsize=1 << 5)(self._of)

    def _of(self, refused: frozenset[str] = frozenset()) -> Guard:
        """Return what holds back these lines too."""
        lines = Refused({self._line(line) for line in refused}) if refused else None
        return Guard([each for each in (*self._verbatim, lines) if each is not None])

    def _cut(self, line: str) -> _Line:
        pieces = [Spelling.of(piece.text.removeprefix(BEGIN)) for piece in self._tokenizer.split(line)]
        beginnings = list(accumulate(pieces, Spelling.then, initial=Spelling("", "")))
        letters, ends = beginnings[-1].letters, [len(beginning.letters) for beginning in beginnings]
        runs = (letters[start:end] for start, end in zip(ends, ends[RUN:], strict=False))
        return _Line(frozenset(run for run in runs if len(run) >= FEWEST_LETTERS), *beginnings[-1])
