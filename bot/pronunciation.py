"""Readings: how the end of a name or word sounds when a Korean reads it aloud. Pure: knows no particles.

What counts is the last Hangul syllable, Latin word, kana or number before any brackets; signs, emoji and lone letters
such as ㅋㅋ are passed over. Latin words go by how 외래어 표기법 usually writes their ends, as far as spelling tells: a
rule for common names and for Korean ones in Latin letters, not a dictionary.
"""

import re
import unicodedata
from enum import Enum


class Ending(Enum):
    """The last sound: a vowel, ㄹ, another consonant, or nobody can tell."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"
    UNKNOWN = "unknown"


# Orthography goes by the word before the brackets: 윤혜(26)는.
_BRACKETS = re.compile(r"(?<=\S)\s*[(\[{<「『【][^)\]}>」』】]*[)\]}>」』】]\W*$")
_HEARD = 200
"""Characters of a text's end in which its last word is looked for: brackets in more take long."""
_READABLE = re.compile(r"[가-힣]|[A-Za-zÀ-ÖØ-öø-ÿ]+|[ぁ-んァ-ン]|\d+")
_FIRST_SYLLABLE, _FINALS, _FINAL_RIEUL = ord("가"), 28, 8

_DIGITS = dict(zip("0123456789", "CRVCVVCRRV", strict=True))  # 영 일 이 삼 사 오 육 칠 팔 구
_SPELLED = {"l": "R", "m": "C", "n": "C", "r": "R"}  # 엘 엠 엔 알; every other letter's name ends in a vowel
_CODES = {"V": Ending.VOWEL, "R": Ending.RIEUL, "C": Ending.CONSONANT}

_RIEUL_WORD = re.compile(r"(l|le)$")
# 존, 톰, 제인, 제롬, 밥, 에릭, 잭, 스콧, 필립, 조셉: a final that is not given a vowel of its own.
_CONSONANT_WORD = re.compile(r"(m|n|ng|[aeiouy](me|nn?e|[bckpt])|ck|bb|pp|tt|eph)$")


def ending(name: str) -> Ending:
    """Return how ``name`` ends when it is read aloud."""
    text = unicodedata.normalize("NFKC", name)
    last = _last_readable(_BRACKETS.sub("", text[-_HEARD:])) or _last_readable(text)
    if not last:
        return Ending.UNKNOWN
    if "가" <= last[-1] <= "힣":
        return _of_syllable(last)
    if last.isdecimal():
        return _CODES[_DIGITS[str(int(last[-1]))]]
    return _of_word(last) if last[-1].isalpha() and last[-1] < "ぁ" else _of_kana(last)


def _last_readable(text: str) -> str:
    readable = _READABLE.findall(text)
    return readable[-1] if readable else ""


def _of_syllable(syllable: str) -> Ending:
    final = (ord(syllable) - _FIRST_SYLLABLE) % _FINALS
    if final == 0:
        return Ending.VOWEL
    return Ending.RIEUL if final == _FINAL_RIEUL else Ending.CONSONANT


def _of_kana(kana: str) -> Ending:
    return Ending.CONSONANT if kana in "んンっッ" else Ending.VOWEL


def _of_word(word: str) -> Ending:
    if not word[-1].isascii():
        # Accented ends are vowels that are sounded: René, José.
        return Ending.VOWEL
    if _is_spelled(word):
        return _CODES[_SPELLED.get(word[-1].lower(), "V")]
    lower = word.lower()
    if _RIEUL_WORD.search(lower):
        return Ending.RIEUL
    return Ending.CONSONANT if _CONSONANT_WORD.search(lower) else Ending.VOWEL


def _is_spelled(word: str) -> bool:
    """Tell initials from words: BTS, JYP, kdh and a single letter are read letter by letter."""
    vowels = "AEIOU" if word.isupper() else "aeiouyAEIOUY"
    return len(word) == 1 or not any(letter in vowels for letter in word)
