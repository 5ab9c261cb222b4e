"""What was said once in the chat and must not be said again word for word.

A Bloom filter of the training messages' runs of pieces: it can say "never heard" for certain and "heard" nearly so.
No sentence stands in it, but whoever guesses one can have the guess confirmed. The speaker asks it before every piece
(MemFree decoding: Ippolito et al. 2022, arXiv:2210.17546). Knows nothing of text: it sees ids.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Self

from bot.bundle.manifest import BundleError
from bot.bundle.tokenizer import SPECIALS

LENGTH = 6
"""A run of so many pieces in a row counts as somebody's words: `윤혜 야 생일 축하 해 🎉` is as long as this."""

COMMON = 3
"""A run that stands in so many messages is everybody's, not somebody's."""

_BITS_PER_RUN = 16  # with 11 probes about 1 run in 2,000 is wrongly taken for heard
_PROBES = 11
_HEADER = b"dantok verbatim 1\n"


class VerbatimFilter:
    """The runs of ``LENGTH`` ids that fewer than ``COMMON`` training messages share."""

    def __init__(self, bits: bytearray) -> None:
        """Take the filter's bits."""
        self._bits = bits

    @classmethod
    def of(cls, messages: Iterable[Sequence[int]]) -> Self:
        """Build the filter from the ids of every training message."""
        counts = Counter(run for ids in messages for run in set(_runs(ids)))
        rare = [run for run, count in counts.items() if count < COMMON]
        filtered = cls(bytearray(max(1, math.ceil(len(rare) * _BITS_PER_RUN / 8))))
        for run in rare:
            for bit in filtered._places(run):
                filtered._bits[bit >> 3] |= 1 << (bit & 7)
        return filtered

    def completes(self, history: Sequence[int], candidate: int) -> bool:
        """Return whether ``candidate`` after ``history`` would repeat a rare run of the training messages."""
        if len(history) < LENGTH - 1:
            return False
        run = (*history[-(LENGTH - 1) :], candidate)
        return all(self._bits[bit >> 3] >> (bit & 7) & 1 for bit in self._places(run))

    def _places(self, run: Sequence[int]) -> Iterator[int]:
        """Yield the bits of a run by double hashing (Kirsch and Mitzenmacher 2006)."""
        digest = blake2b(b"".join(id_.to_bytes(4, "little") for id_ in run), digest_size=16).digest()
        first, second = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little") | 1
        size = len(self._bits) * 8
        return ((first + probe * second) % size for probe in range(_PROBES))

    def to_bytes(self) -> bytes:
        """Return the content of a bundle's ``verbatim.bin``."""
        return _HEADER + bytes(self._bits)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a ``verbatim.bin``.

        Raises:
            BundleError: the file is not such a filter.
        """
        content = path.read_bytes()
        if not content.startswith(_HEADER) or len(content) == len(_HEADER):
            raise BundleError(f"{path.name} is not a filter of training messages.")
        return cls(bytearray(content[len(_HEADER) :]))


def _runs(ids: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for end in range(LENGTH, len(ids) + 1):
        run = tuple(ids[end - LENGTH : end])
        # A run with an unknown piece cannot come out: unknown pieces never do.
        if all(id_ >= len(SPECIALS) for id_ in run):
            yield run
