"""The layout of a table of n-grams: what of a room's own phrases a bundle keeps, as flat arrays that are read in place.

It is interpolated Kneser-Ney (``training/text/ngrams.py`` says what is in it, and what is left out). The file is a
header, the probability of every piece after nothing, and for each longer n-gram length its sorted contexts, what each
leaves to the level below, where its followers begin, the followers, and their probabilities. Knows no array library.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple, Self

_FOLLOWERS = {b"dantok ngrams 2\n": "<u2", b"dantok ngrams 1\n": "<u4"}
"""By what a file begins with, how its followers are written: the first one is for all that 16 bits can count."""
_MAGIC_LENGTH = 16
_HEADER = struct.Struct("<IId")
_LEVEL = struct.Struct("<QQ")
_ALIGNED = 8
MOST_PIECES = 2**20


class Level(NamedTuple):
    """How many contexts the n-grams of one length have, and how many followers these have together."""

    contexts: int
    followers: int


class Section(NamedTuple):
    """An array in the file: its type as numpy spells it, how many numbers, and at which byte."""

    dtype: str
    length: int
    offset: int


@dataclass(frozen=True, slots=True)
class NgramLayout:
    """How many pieces there are, the network's weight (0 to 1) beside the table, and the levels from bigrams on."""

    vocabulary: int
    weight: float
    levels: Sequence[Level]
    magic: bytes

    @classmethod
    def new(cls, vocabulary: int, weight: float, levels: Sequence[Level]) -> Self:
        """Return the layout that is written today."""
        narrow, wide = _FOLLOWERS
        return cls(vocabulary, weight, levels, narrow if vocabulary <= 2**16 else wide)

    def header(self) -> bytes:
        """Return the beginning of the file."""
        levels = b"".join(_LEVEL.pack(*level) for level in self.levels)
        return _aligned(self.magic + _HEADER.pack(self.vocabulary, len(self.levels), self.weight) + levels)

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Read the header.

        Raises:
            ValueError: it is none, or promises what the file does not hold.
        """
        magic = content[:_MAGIC_LENGTH]
        if magic not in _FOLLOWERS:
            raise ValueError("it is no table of n-grams of this version")
        try:
            vocabulary, count, weight = _HEADER.unpack_from(content, len(magic))
            start = len(magic) + _HEADER.size
            levels = [Level(*_LEVEL.unpack_from(content, start + at * _LEVEL.size)) for at in range(count)]
        except struct.error as error:
            raise ValueError("it is cut off") from error
        layout = cls(vocabulary, weight, levels, magic)
        if not (0 < vocabulary <= MOST_PIECES and isfinite(weight) and 0 < weight <= 1) or layout.size != len(content):
            raise ValueError("it is not as long as it says")
        return layout

    @property
    def size(self) -> int:
        """The length of the file in bytes."""
        return max(section.offset + _bytes_of(section) for section in self.sections())

    def sections(self) -> Iterator[Section]:
        """Yield the arrays in their order: the pieces', then five a level."""
        offset = len(self.header())
        counts = [("<f4", self.vocabulary)]
        for contexts, followers in self.levels:
            counts += [("<i8", contexts), ("<f2", contexts), ("<u4", contexts + 1), (_FOLLOWERS[self.magic], followers)]
            counts += [("<f2", followers)]
        for dtype, count in counts:
            section = Section(dtype, count, offset)
            yield section
            offset += -(-_bytes_of(section) // _ALIGNED) * _ALIGNED


def _bytes_of(section: Section) -> int:
    return section.length * int(section.dtype[-1])


def _aligned(content: bytes) -> bytes:
    return content + bytes(-len(content) % _ALIGNED)
