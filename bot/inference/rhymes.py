"""End rhymes, by sound: the last vowel and what closes it, as a Korean says them today. Pure; knows no network.

ㅐ and ㅔ sound alike, ㅅ and ㄷ under a vowel too, and a glide before the vowel changes no rhyme: 야 and 가, 요 and 고.
Of a line that ends in Latin letters it is the last vowels and all after them.
"""

import re

from bot.bundle.verbatim import Spelling

_FIRST, _LAST = ord("가"), ord("힣")
_VOWELS = dict(zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", "aeaeveveoaeeouveiuUii", strict=True))
_FINALS = dict(
    zip("-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ", "-kkknnntlkmlllplmppttNttktpt", strict=True)
)
"""How each is heard, in the order in which Unicode counts syllables."""
_HEARD_VOWELS, _HEARD_FINALS = [*_VOWELS.values()], [*_FINALS.values()]
_LATIN = re.compile(r"[aeiouy]+[^aeiouy]*$")
_SYLLABLE = re.compile("[가-힣]|[aeiouyAEIOUY]+|[0-9]")
_SAME_SYLLABLE, _TWO_VOWELS = 0.8, 0.3


def syllables(line: str) -> int:
    """Return how many syllables are sung of a line: of a Latin word as many as it has groups of vowels."""
    return len(_SYLLABLE.findall(line))


def rhyme(first: str, second: str) -> float:
    """Return how well two lines rhyme: 0 where they do not, about 1 where they do.

    The same word is no rhyme, and the same syllable a poorer one; where the vowels before sound alike, it is richer.
    """
    last, other = _last_word(first), _last_word(second)
    if not last or last == other or _sound(last[-1:], last) != _sound(other[-1:], other):
        return 0.0
    if last[-2:] == other[-2:]:
        return _SAME_SYLLABLE / 2
    worth = _SAME_SYLLABLE if last[-1] == other[-1] else 1.0
    before = [_sound(word[-2:-1])[:1] for word in (last, other)]
    return worth + _TWO_VOWELS * (before[0] == before[1] != "")


def _last_word(line: str) -> str:
    words = (Spelling.of(word).letters for word in reversed(line.split()))
    return next(filter(None, words), "")


def _sound(syllable: str, word: str = "") -> str:
    """Return how the end of a syllable sounds, or of a Latin ``word``."""
    if not syllable or not _FIRST <= ord(syllable) <= _LAST:
        latin = _LATIN.search(word)
        return latin.group() if latin else word
    vowel, final = divmod((ord(syllable) - _FIRST) % (len(_VOWELS) * len(_FINALS)), len(_FINALS))
    return _HEARD_VOWELS[vowel] + _HEARD_FINALS[final]
