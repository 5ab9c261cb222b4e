"""What somebody said must not come out again word for word: a Bloom filter of the letters of rare passages.

It compares texts in two spellings (:class:`Spelling`): by their letters, so that neither blanks, signs and capitals nor
where a word is cut into pieces make a difference and words that the vocabulary has not count as any others; and with
their signs, for many say `그래` and one says `그래 🎉?`. Two things are held back in either: a *passage*, wherever an
answer would come to its end, typed words included; and a *message*, as the whole answer. Which those are training
decides; see ``training/text/verbatim.py``.

It can say "never said" for certain and "said" nearly so. No sentence stands in it, but whoever guesses one can have the
guess confirmed. The speaker asks it before every piece (MemFree decoding: Ippolito et al. 2022, arXiv:2210.17546).
"""

import math
import struct
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, Self

from bot.bundle.manifest import BundleError
from bot.bundle.tokenizer import normalise

RUN = 6
"""So many morphemes in a row count as somebody's words: `윤혜 야 생일 축하 해 🎉` is as long as this."""
FEWEST_LETTERS = 4
"""Passages with fewer stand in every second word."""

# Each piece asks for some forty passages, and hardly one in a thousand pieces shall be mistaken.
_BITS_PER_ENTRY = 24
_PROBES = 17
_FEWEST_BYTES = 64  # in fewer the probes of a few entries meet too often
_FAMILY, _HEADER = b"dantok verbatim ", b"dantok verbatim 2\n"
# What an entry is, in front of it. Nearly always the last letters of an answer end no passage, and one look is enough.
_PASSAGE, _TAIL, _MESSAGE = "passage ", "tail ", "message "
_LENGTH = struct.Struct("<H")
_HASHES = struct.Struct("<QQ")
_LONGEST = 2**16 - 1


class Spelling(NamedTuple):
    """A text as it is compared: its letters and digits alone, and everything but blanks.

    Capitals are small in both. Letters are in their plain forms, and a row of the same one counts as one.
    """

    letters: str
    signs: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Spell a text."""
        plain = normalise(text)
        return cls(_once("", "".join(map(_letter, plain))), "".join(plain.casefold().split()))

    def then(self, more: "Spelling") -> "Spelling":
        """Spell one text after the other: the letters of `ㅋㅋ` and `ㅋㅋ 응` are `ㅋ응`."""
        return Spelling(self.letters + _once(self.letters, more.letters), self.signs + more.signs)


def _once(before: str, more: str) -> str:
    """Return the letters of ``more`` that are not the same as the one before."""
    letters, last = [], before[-1:]
    for letter in more:
        if letter != last:
            letters.append(letter)
            last = letter
    return "".join(letters)


@lru_cache(maxsize=1 << 16)
def _letter(char: str) -> str:
    # One at a time: a vowel typed alone must not melt into the letter before, for the next piece may bring it.
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", char).casefold()))


class Held(NamedTuple):
    """What is held back in one spelling."""

    passages: Collection[str] = ()
    messages: Collection[str] = ()

    def entries(self, shortest: int) -> Iterator[str]:
        """Yield all that the filter keeps of it."""
        for passage in self.passages:
            yield _PASSAGE + passage
            yield _TAIL + passage[-shortest:]
        for message in self.messages:
            yield _MESSAGE + message


class VerbatimFilter:
    """What must not come out, in both spellings; ``lengths`` are those of the passages, shortest first."""

    def __init__(self, bits: bytearray, lengths: Sequence[int]) -> None:
        """Take the filter's bits."""
        self._bits = bits
        self._lengths = lengths
        self._ends_some = lru_cache(maxsize=1 << 13)(self._holds)  # asked for each piece that may be said

    @classmethod
    def of(cls, letters: Held, signs: Held = Held()) -> Self:  # noqa: B008 - a tuple
        """Build the filter of what is held back by its letters, and by its signs."""
        passages = {*letters.passages, *signs.passages}
        lengths = sorted({len(passage) for passage in passages if 0 < len(passage) <= _LONGEST})
        shortest = lengths[0] if lengths else 1
        # No spelling of letters has a blank, so none of signs with one in front is taken for it.
        entries = {*letters.entries(shortest), *(f" {entry}" for entry in signs.entries(shortest))}
        filtered = cls(bytearray(max(_FEWEST_BYTES, math.ceil(len(entries) * _BITS_PER_ENTRY / 8))), lengths)
        for entry in entries:
            for bit in filtered._places(entry):
                filtered._bits[bit >> 3] |= 1 << (bit & 7)
        return filtered

    def ends_passage(self, before: Spelling, piece: Spelling) -> bool:
        """Return whether ``piece``, after what stands ``before`` it, would bring a passage to its end.

        What has no letters of its own, such as a question mark, ends what was said before it.
        """
        text = before.then(piece)
        return self._ends("", before.letters, text.letters) or self._ends(" ", before.signs, text.signs)

    def is_message(self, text: Spelling) -> bool:
        """Return whether a whole text is a message."""
        return self._holds(_MESSAGE + text.letters) or self._holds(f" {_MESSAGE}{text.signs}")

    def _ends(self, spelling: str, before: str, text: str) -> bool:
        ends = range(min(len(before) + 1, len(text)), len(text) + 1)
        return any(self._is_passage(spelling, text[:end]) for end in ends)

    def _is_passage(self, spelling: str, text: str) -> bool:
        """Return whether a passage ends where ``text`` ends."""
        shortest = self._lengths[0] if self._lengths else len(text) + 1
        if shortest > len(text) or not self._ends_some(f"{spelling}{_TAIL}{text[-shortest:]}"):
            return False
        fitting = takewhile(len(text).__ge__, self._lengths)
        return any(self._holds(f"{spelling}{_PASSAGE}{text[-length:]}") for length in fitting)

    def _holds(self, entry: str) -> bool:
        return all(self._bits[bit >> 3] >> (bit & 7) & 1 for bit in self._places(entry))

    def _places(self, entry: str) -> Iterator[int]:
        """Yield the bits of an entry by double hashing (Kirsch and Mitzenmacher 2006)."""
        place, step = _HASHES.unpack(blake2b(entry.encode(), digest_size=_HASHES.size).digest())
        size = len(self._bits) * 8
        for _ in range(_PROBES):
            yield place % size
            place += step | 1

    def to_bytes(self) -> bytes:
        """Return the content of a bundle's ``verbatim.bin``: how many lengths, the lengths, and the bits."""
        return _HEADER + b"".join(map(_LENGTH.pack, (len(self._lengths), *self._lengths))) + bytes(self._bits)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a ``verbatim.bin``.

        Raises:
            BundleError: the file is not such a filter, or of another version.
        """
        content = path.read_bytes()
        if content.startswith(_FAMILY) and not content.startswith(_HEADER):
            raise BundleError(
                f"{path.name} is of another version of Dantok and protects less or otherwise than this one promises: "
                "train the words and export them again with the same version as the bot."
            )
        numbers = content[len(_HEADER) :]
        count = _LENGTH.unpack_from(numbers)[0] if len(numbers) >= _LENGTH.size else 0
        lengths, bits = numbers[_LENGTH.size : (count + 1) * _LENGTH.size], numbers[(count + 1) * _LENGTH.size :]
        if not content.startswith(_HEADER) or not bits:
            raise BundleError(f"{path.name} is not a filter of training messages: export the words again.")
        return cls(bytearray(bits), sorted(length for (length,) in _LENGTH.iter_unpack(lengths)))
