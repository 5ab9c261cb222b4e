"""Particles (조사) that a speaker must not write after a word: the wrong one of a pair, and one on top of a closed one.

A network over pieces often has not heard the word that it goes on from: whether 은 or 는 follows is for the word's last
letter to say. Pure: knows a vocabulary, and no network.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN
from bot.pronunciation import Ending, ending

Mask = NDArray[np.bool_]

# Counted in 29,000 real utterances: what a list holds back stands in the wrong place in less than 1 %, but for 가, 과,
# 아 and 와 (2, 4, 14 and 17 %), mostly no particles there. What as often ends a verb is in no list: 지, 네, 다, 나.
_AFTER_CONSONANT = {"은", "을", "과", "아", "이"}
_AFTER_CONSONANT_TOO = ("이랑", "이야", "이네", "이지", "이고", "이라", "이나", "이면", "이에요", "이었", "이여서")
_AFTER_VOWEL = {"는", "가", "를", "와", "야", "랑", "예요", "였어", "였는데"}
_TO_AFTER_CONSONANT, _TO = "으로", ("로", "로는", "로도", "로만")
_CASES = {"은", "는", "이", "가", "을", "를", "과", "와", "도", "한테", "에게", "랑", "이랑", "만", "의"}
_CLOSED = {"은", "는", "가", "을", "를", "과", "와", "의"}
"""Nothing else that is a particle follows these."""
_SIGNS = tuple("?!.,ㅋㅎㅠㅜㄷㅇ")
_NO_NAMES = ("님", "들", "것", "분", "씨", "쌤")
"""하람이한테 is said to a friend, 교수님이한테 to nobody: after these 이 is no part of a name."""


class Particles:
    """Which pieces of a vocabulary may not follow a text."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take every piece, those that begin a word with their mark."""
        self._wrong: dict[Ending, Mask] = {
            end: np.array([_is_wrong(piece, end) for piece in pieces], dtype=np.bool_) for end in Ending
        }
        self._cases = np.array([piece in _CASES for piece in pieces], dtype=np.bool_)

        self._wrong_closed: dict[Ending, Mask] = {end: wrong | self._cases for end, wrong in self._wrong.items()}

    def wrong_after(self, text: str, last: str) -> Mask:
        """Return bool[vocabulary], true for what may not follow ``text``, whose last piece is ``last``.

        There are few of these arrays, and nobody writes to them.
        """
        word = text.rpartition(" ")[2]
        return (self._wrong_closed if _is_closed(word, last) else self._wrong)[_ending(word)]


_ending = lru_cache(maxsize=1 << 12)(ending)


def fits(tail: str, word: str) -> bool:
    """Say whether ``tail``, written onto ``word``, is no particle that belongs after another last letter."""
    end = _ending(word)
    return end is Ending.UNKNOWN or not _is_wrong(tail, end)


def _is_wrong(piece: str, end: Ending) -> bool:
    if piece.startswith(BEGIN) or end is Ending.UNKNOWN:
        return False
    if end is Ending.VOWEL:
        return piece in _AFTER_CONSONANT or piece.startswith((*_AFTER_CONSONANT_TOO, _TO_AFTER_CONSONANT))
    if end is Ending.RIEUL:
        return piece in _AFTER_VOWEL or piece.startswith(_TO_AFTER_CONSONANT)
    return piece in _AFTER_VOWEL or piece in _TO


def _is_closed(word: str, last: str) -> bool:
    """Say whether a word ends in a sign or in a particle after which no other one comes."""
    return last in _CLOSED or (last == "이" and word.removesuffix("이").endswith(_NO_NAMES)) or word[-1:] in _SIGNS
