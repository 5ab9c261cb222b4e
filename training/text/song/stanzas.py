"""Stanzas: what a writer of songs learns from, lines that follow one another, without laughter and signs.

A stanza's row is the start mark and its lines, an end mark after each; so a line is foretold from those before it.
Knows nothing of networks, nor of where the lines come from.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set

import numpy as np

from bot.bundle import BEGIN, END, START
from bot.bundle.stanza import STANZA
from bot.bundle.verbatim import Spelling
from training.text.dataset import Ids

Line = tuple[str, ...]
"""The morphemes of a line, those that begin a word with their mark."""

_FEWEST = 2
"""Morphemes: one alone is no line."""
_NO_WORD = re.compile("[ㄱ-ㅣ]+")


def sung(morphemes: Iterable[str]) -> Line:
    """Return what can be sung of a message: no laughter (ㅋㅋ), no emoji, no other signs."""
    return tuple(morpheme for morpheme in morphemes if _is_sung(morpheme.removeprefix(BEGIN)))


def _is_sung(morpheme: str) -> bool:
    return any(map(str.isalnum, morpheme)) and not _NO_WORD.fullmatch(morpheme)


def stanzas_of(lines: Sequence[Line], begins: Collection[int], unsung: Set[str] = frozenset()) -> list[list[Line]]:
    """Return lines in stanzas of up to :data:`STANZA`, cut where one of the positions ``begins`` something new.

    A line that was there before, or that is among the ``unsung`` ones by its letters, is left out, as are single words.
    """
    heard, stanzas = set(unsung), list[list[Line]]()
    room = 0
    for place, line in enumerate(lines):
        if place in begins:
            room = 0
        letters = letters_of(line)
        if len(line) < _FEWEST or letters in heard:
            continue
        heard.add(letters)
        if not room:
            stanzas.append([])
            room = STANZA
        stanzas[-1].append(line)
        room -= 1
    return stanzas


def letters_of(line: Iterable[str]) -> str:
    """Return by what two lines are the same."""
    return Spelling.of("".join(line).replace(BEGIN, " ")).letters


def rows_of_stanzas(stanzas: Iterable[Sequence[Sequence[int]]], longest: int) -> list[Ids]:
    """Return a row for each stanza's ids; a line of more than ``longest`` pieces ends its stanza and is left out."""
    return [row for stanza in stanzas for row in _rows(stanza, longest)]


def _rows(stanza: Sequence[Sequence[int]], longest: int) -> Iterator[Ids]:
    row = [START]
    for line in stanza:
        if len(line) <= longest:
            row += [*line, END]
        elif len(row) > 1:
            yield np.array(row, dtype=np.int64)
            row = [START]
    if len(row) > 1:
        yield np.array(row, dtype=np.int64)
