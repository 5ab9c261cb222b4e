"""What a speaker has to know of each piece of a vocabulary, and which may follow a text. Knows no network.

Where a rare morpheme is spelt in parts, those are pieces; what somebody reads or counts is always the whole of it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, Tokenizer
from bot.bundle.verbatim import Spelling
from bot.inference.particles import Particles

Ids = tuple[int, ...]
"""Those of one morpheme: several where it is spelt."""
Mask = NDArray[np.bool_]

_LETTERS_ALONE = re.compile("[ㄱ-ㅣ]")
LONGEST_RUN = 5
"""Pieces of one sign in a row: 🎉🎉🎉🎉🎉, or as many of ㅋㅋㅋ."""


class Pieces:
    """The pieces of one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take the tokenizer that the network was trained with."""
        self.texts = tokenizer.pieces
        self.begins: Mask = np.array([text.startswith(BEGIN) for text in self.texts], dtype=np.bool_)
        self._tokenizer = tokenizer
        self.goes_on = tokenizer.goes_on
        self.inside = lru_cache(maxsize=1 << 12)(self._inside)
        self.text = lru_cache(maxsize=1 << 16)(tokenizer.joined)
        self.spelling = lru_cache(maxsize=1 << 16)(self._spelling)
        self.words: Mask = np.array([_is_word(text) for text in self.texts], dtype=np.bool_)
        """Of each piece, whether it is of words: neither a sign nor letters typed alone, such as ㅋㅋ."""
        self._none: Mask = np.zeros(len(self.texts), dtype=np.bool_)
        self._beginnings = self._none.copy()
        self._beginnings[self.inside(())] = True
        self._particles = Particles(self.texts)
        self._allowed: dict[tuple[int, str, bool], Mask] = {}
        signs = [sign_of(text) for text in self.texts]
        self._of_sign = {sign: np.array([each == sign for each in signs]) for sign in set(signs) if sign}

    def allowed_after(self, text: str, last: str, run: int) -> Mask:
        """Return bool[vocabulary], true for what may begin a morpheme after ``text``.

        ``last`` is its last one, of which there are ``run`` in a row where that is a sign. Nobody writes to the array.
        """
        wrong, sign, goes_on = self._particles.wrong_after(text, last), sign_of(last), run < LONGEST_RUN
        key = id(wrong), sign if sign in self._of_sign else "", goes_on
        if key not in self._allowed:
            same = self.of_sign(sign)
            # A run stays joined, and comes to an end.
            self._allowed[key] = self._beginnings & ~wrong & ~(same & self.begins if goes_on else same)
        return self._allowed[key]

    def _inside(self, begun: Ids) -> NDArray[np.intp]:
        """Return the ids, in order, of what may follow the parts with which a morpheme has begun."""
        return np.array(sorted(self._tokenizer.may_follow(begun)), np.intp)

    def _spelling(self, morpheme: Ids) -> Spelling:
        return Spelling.of(self.text(morpheme).removeprefix(BEGIN))

    def of_sign(self, sign: str) -> Mask:
        """Return bool[vocabulary], true for the pieces that are made of ``sign`` alone."""
        return self._of_sign.get(sign, self._none)


@lru_cache(maxsize=2)
def pieces_of(tokenizer: Tokenizer) -> Pieces:
    """Return the pieces of a tokenizer, looked at once: of a bundle a voice, its members, songs and scenes have one."""
    return Pieces(tokenizer)


def _is_word(piece: str) -> bool:
    return not sign_of(piece) and not _LETTERS_ALONE.search(piece)


@lru_cache(maxsize=1 << 14)
def sign_of(piece: str) -> str:
    """Return what a piece repeats that is no word: ㅋ of `ㅋㅋㅋ`, 🎉 of `🎉`, "" where it is a word, as ㄹㅇ is."""
    text = piece.removeprefix(BEGIN)
    unit = text[: (text + text).find(text, 1)] if text else ""
    is_word = any(map(str.isalnum, unit)) and not (len(unit) == 1 and "ㄱ" <= unit <= "ㅣ")
    return "" if is_word else unit


def joined(pieces: Sequence[str]) -> str:
    """Return the text of pieces, a blank for each mark."""
    return "".join(pieces).replace(BEGIN, " ")
