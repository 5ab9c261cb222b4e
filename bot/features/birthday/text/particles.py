"""Particles (조사) after a Korean name. Pure: :mod:`bot.pronunciation` knows how names end; no birthdays here."""

import re
from dataclasses import dataclass

from bot.features.birthday.errors import BirthdayError, Reason
from bot.pronunciation import Ending, ending


class ParticleError(BirthdayError):
    """No such pair of particles."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """What follows a consonant, a vowel, and what nobody can read."""

    consonant: str
    vowel: str
    unknown: str


CALL = "아/야"
_FORMS = (
    _Forms("은", "는", "은(는)"),
    _Forms("이", "가", "이(가)"),
    _Forms("을", "를", "을(를)"),
    _Forms("과", "와", "와(과)"),
    _Forms("으로", "로", "(으)로"),
    # Friends call with 아/야; 님 suits a sign that somebody chose for a name.
    _Forms("아", "야", "님"),
    _Forms("이야", "야", "(이)야"),
    _Forms("이랑", "랑", "(이)랑"),
    _Forms("이나", "나", "(이)나"),
    _Forms("이라", "라", "(이)라"),
    _Forms("이네", "네", "(이)네"),
    _Forms("이에요", "예요", "이에요"),
    _Forms("이여", "여", "(이)여"),
)
PAIRS = tuple(f"{forms.consonant}/{forms.vowel}" for forms in _FORMS)
"""The pairs as people write them; the other order is understood too."""
_BY_PAIR = {
    pair: forms for forms in _FORMS for pair in (f"{forms.consonant}/{forms.vowel}", f"{forms.vowel}/{forms.consonant}")
}
# Called as they are: 엄마 생일 축하해, 윤혜님 생일 축하해.
_TITLE = re.compile(r"(님|씨|쌤|누나|언니|오빠|선배|엄마|아빠|이모|삼촌|할머니|할아버지)\W*$")


def particle(name: str, pair: str) -> str:
    """Return the one of ``pair``, such as ``은/는`` or ``으로/로``, that follows ``name``.

    Raises:
        ParticleError: there is no such pair.
    """
    forms = _BY_PAIR.get(pair)
    if forms is None:
        raise ParticleError(Reason.UNKNOWN_PARTICLE, particle=pair)
    if pair in (CALL, "야/아") and _TITLE.search(name):
        return ""
    return _form(forms, ending(name))


def called(name: str) -> str:
    """Return ``name`` as a friend calls it: 윤혜야, 다빈아, Tom아; ★님 where nobody can tell how it is read."""
    return name + particle(name, CALL)


def _form(forms: _Forms, end: Ending) -> str:
    if end is Ending.UNKNOWN:
        return forms.unknown
    # 로 alone follows ㄹ as it follows a vowel: 서울로.
    closed = end is Ending.CONSONANT or (end is Ending.RIEUL and forms.vowel != "로")
    return forms.consonant if closed else forms.vowel
