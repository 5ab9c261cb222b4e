"""What somebody said must not come out again word for word: a Bloom filter of the letters of rare passages.

It compares letters alone (:func:`letters_of`), so that neither blanks, signs and capitals nor where a word is cut into
pieces make a difference, and words that the vocabulary has not count as any others. Two things are held back: a
*passage*, wherever an answer would come to its end, typed words included; and a *message*, as the whole answer, by its
letters or with its signs. Which those are training decides; see ``training/text/rare.py``.

It can say "never said" for certain and "said" nearly so. No sentence stands in it, but whoever guesses one can have the
guess confirmed. The speaker asks it before every piece (MemFree decoding: Ippolito et al. 2022, arXiv:2210.17546).
"""

import math
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Self

from bot.bundle.manifest import BundleError
from bot.bundle.tokenizer import normalise

# Each piece asks for some forty passages, and hardly one in a thousand pieces shall be mistaken.
_BITS_PER_ENTRY = 24
_PROBES = 17
_FEWEST_BYTES = 64  # in fewer the probes of a few entries meet too often
_FAMILY, _HEADER = b"dantok verbatim ", b"dantok verbatim 2\n"
# What an entry is, in front of it. Nearly always the last letters of an answer end no passage, and one look is enough.
_PASSAGE, _TAIL, _LETTERS, _SIGNS = "p", "t", "l", "s"
_LENGTH = struct.Struct("<H")
_LONGEST = 2**16 - 1


def letters_of(text: str) -> str:
    """Return the letters and digits of ``text``, small and in their plain forms, a row of the same one as one."""
    return joined("", "".join(map(_letter, normalise(text))))


def signs_of(text: str) -> str:
    """Return everything of ``text`` but blanks and capitals: what tells `그래?` from `그래`."""
    return "".join(normalise(text).casefold().split())


def joined(said: str, more: str) -> str:
    """Return the letters of two texts, one after the other: those of ``ㅋㅋ`` and ``ㅋㅋ 응`` are ``ㅋ응``."""
    letters = [said]
    last = said[-1:]
    for letter in more:
        if letter != last:
            letters.append(letter)
            last = letter
    return "".join(letters)


@lru_cache(maxsize=1 << 16)
def _letter(char: str) -> str:
    # One at a time: a vowel typed alone must not melt into the letter before, for the next piece may bring it.
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", char).casefold()))


class VerbatimFilter:
    """Passages and messages that must not come out; ``lengths`` are those of the passages, in letters."""

    def __init__(self, bits: bytearray, lengths: Sequence[int]) -> None:
        """Take the filter's bits."""
        self._bits = bits
        self._lengths = sorted(lengths)

    @classmethod
    def of(cls, passages: Iterable[str], letters: Iterable[str] = (), signs: Iterable[str] = ()) -> Self:
        """Build the filter from the letters of passages, and the :func:`letters_of` and :func:`signs_of` messages."""
        passages = [passage for passage in passages if 0 < len(passage) <= _LONGEST]
        lengths = sorted({len(passage) for passage in passages})
        kinds = {_PASSAGE: passages, _TAIL: (passage[-lengths[0] :] for passage in passages), _LETTERS: letters}
        entries = {kind + text for kind, texts in (kinds | {_SIGNS: signs}).items() for text in texts}
        filtered = cls(bytearray(max(_FEWEST_BYTES, math.ceil(len(entries) * _BITS_PER_ENTRY / 8))), lengths)
        for entry in entries:
            for bit in filtered._places(entry):
                filtered._bits[bit >> 3] |= 1 << (bit & 7)
        return filtered

    def ends_passage(self, said: str, candidate: str) -> bool:
        """Return whether the letters of a candidate, after those ``said``, would bring a passage to its end.

        A candidate without letters of its own, such as a question mark, ends what was said before it.
        """
        text = joined(said, candidate)
        ends = range(min(len(said) + 1, len(text)), len(text) + 1)
        return any(self._is_passage(text[:end]) for end in ends)

    def _is_passage(self, text: str) -> bool:
        """Return whether a passage ends where a text ends."""
        fitting = [length for length in self._lengths if length <= len(text)]
        if not fitting or not self._holds(_TAIL + text[-fitting[0] :]):
            return False
        return any(self._holds(_PASSAGE + text[-length:]) for length in fitting)

    def is_message(self, text: str) -> bool:
        """Return whether a whole text is a message."""
        return self._holds(_LETTERS + letters_of(text)) or self._holds(_SIGNS + signs_of(text))

    def _holds(self, entry: str) -> bool:
        return all(self._bits[bit >> 3] >> (bit & 7) & 1 for bit in self._places(entry))

    def _places(self, entry: str) -> Iterator[int]:
        """Yield the bits of an entry by double hashing (Kirsch and Mitzenmacher 2006)."""
        digest = blake2b(entry.encode(), digest_size=16).digest()
        first, second = int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little") | 1
        size = len(self._bits) * 8
        return ((first + probe * second) % size for probe in range(_PROBES))

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
        bits = numbers[(count + 1) * _LENGTH.size :]
        if not content.startswith(_HEADER) or not bits:
            raise BundleError(f"{path.name} is not a filter of training messages: export the words again.")
        return cls(bytearray(bits), [length for (length,) in _LENGTH.iter_unpack(numbers[2 : (count + 1) * 2])])
