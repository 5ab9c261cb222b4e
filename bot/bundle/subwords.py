"""Subwords: how a morpheme that is no piece of its own is spelt in pieces: an open vocabulary can write any text.

Every part of a morpheme but the last carries ``GOES_ON`` (`여행↝ 사`): whoever reads piece by piece knows whether it is
spelt to its end. A part is as many letters as the vocabulary has in one piece; a syllable that it has not is spelt in
conjoining jamo, and any other character in the six digits of its code point. Knows nothing of ids or of texts.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

BEGIN = "▁"
"""Stands in front of a piece that begins a word (SentencePiece's sign)."""

GOES_ON = "↝"
"""Stands after a part that others of the same morpheme follow, and in front of a digit; no normal text has it."""

_DIGITS = [f"{GOES_ON}{digit:x}" for digit in range(16)]
_CODE_LENGTH = 6
_CODE = re.compile(f"(?:{GOES_ON}[0-9a-f]){{1,{_CODE_LENGTH}}}")
_LEADS, _VOWELS, _TAILS = (
    [chr(code) for code in codes] for codes in (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A8, 0x11C3))
)

LAST_PARTS = (*_VOWELS, *_TAILS, *_DIGITS)
"""What can end a morpheme that is spelt in jamo or digits."""

ALPHABET = (*LAST_PARTS, *(part + GOES_ON for part in (BEGIN, *_LEADS, *_VOWELS, *_TAILS, *_DIGITS)))
"""The pieces in which any morpheme can be spelt."""

# Jamo and digits are for what has no other way: seven times as rare as a part that was seen once in a thousand.
_ALPHABET_COST = 9.0


class _Way(NamedTuple):
    """The cheapest way to some place in a morpheme: its cost (nats), and its parts."""

    cost: float
    parts: tuple[str, ...] = ()


class Speller:
    """Spells morphemes in the cheapest parts of a vocabulary (Viterbi over a unigram model, as in the tokenizer)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take how often each piece was seen; those of ``ALPHABET`` need not be among them."""
        alphabet = frozenset(ALPHABET)
        known = {piece: max(count, 1) for piece, count in counts.items() if piece not in alphabet}
        total = sum(known.values()) + 1
        self._cost = {piece: math.log(total / count) for piece, count in known.items()}
        self._longest = max(map(len, known), default=1)
        self.spell = lru_cache(maxsize=1 << 16)(self._spell)

    def _spell(self, morpheme: str) -> tuple[str, ...]:
        """Return the parts of a morpheme, itself alone where it is a piece."""
        if morpheme in self._cost:
            return (morpheme,)
        ways = [_Way(0.0)]
        for end in range(1, len(morpheme) + 1):
            sign = GOES_ON if end < len(morpheme) else ""
            ways.append(min(self._ways_to(morpheme, end, sign, ways)))
        return ways[-1].parts

    def _ways_to(self, morpheme: str, end: int, sign: str, ways: Sequence[_Way]) -> Iterator[_Way]:
        before, spelt = ways[end - 1], _in_alphabet(morpheme[end - 1], sign)
        yield _Way(before.cost + _ALPHABET_COST * len(spelt), before.parts + spelt)
        for start in range(max(0, end - self._longest), end):
            part = morpheme[start:end] + sign
            if part in self._cost:
                yield _Way(ways[start].cost + self._cost[part], (*ways[start].parts, part))


def _in_alphabet(char: str, sign: str) -> tuple[str, ...]:
    """Return a character in jamo or digits, the last of them with ``sign``."""
    if "가" <= char <= "힣":
        parts = list(unicodedata.normalize("NFD", char))
    elif char == BEGIN or char in LAST_PARTS:
        parts = [char]
    else:
        parts = [GOES_ON + digit for digit in f"{ord(char):0{_CODE_LENGTH}x}"]
    return (*(part + GOES_ON for part in parts[:-1]), parts[-1] + sign)


def joined(pieces: Sequence[str]) -> str:
    """Return what pieces say together, with the marks of words; what only begins a character says nothing."""
    texts = (piece[:-1] if piece.endswith(GOES_ON) else piece for piece in pieces)
    return unicodedata.normalize("NFC", _CODE.sub(_character, "".join(texts)))


def _character(code: re.Match[str]) -> str:
    digits = code.group().replace(GOES_ON, "")
    number = int(digits, 16)
    is_one = len(digits) == _CODE_LENGTH and number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_one else ""
