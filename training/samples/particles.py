"""Korean particles in the form that the last syllable asks for; knows nothing of people or scenes."""

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_RIEUL = 8

# The form after a final consonant, the form after a vowel. Verb-like endings (이야/야, 이네/네, 이라서/라서 …) need no
# entry: after a vowel they lose their 이.
_PAIRS = (("이", "가"), ("은", "는"), ("을", "를"), ("과", "와"), ("아", "야"), ("으로", "로"), ("이랑", "랑"))
_BY_FORM = {form: pair for pair in _PAIRS for form in pair}
_CONTRACTED = {"이었": "였"}
_KEEPS_ITS_VOWEL = ("인",)


def final_consonant(word: str) -> int:
    """Index of the final consonant of the last syllable in Unicode's order, 0 for none.

    Raises ValueError where the last character is no Hangul syllable, because then no particle can be chosen.
    """
    last = ord(word[-1])
    if not _FIRST_SYLLABLE <= last <= _LAST_SYLLABLE:
        raise ValueError(f"{word!r} does not end in a Hangul syllable, so its particle cannot be chosen.")
    return (last - _FIRST_SYLLABLE) % _FINALS


def attach(word: str, particle: str) -> str:
    """Return the word with the particle in its right form, 밥 and 를 as 밥을; other endings are added as they are."""
    if particle in _BY_FORM:
        return word + _pick(final_consonant(word), *_BY_FORM[particle])
    if particle.startswith("이") and not particle.startswith(_KEEPS_ITS_VOWEL):
        return word + (particle if final_consonant(word) else _after_vowel(particle))
    return word + particle


def _pick(final: int, after_consonant: str, after_vowel: str) -> str:
    # 으로 alone treats ㄹ as a vowel: 서울로, 집으로.
    consonant = final and not (after_vowel == "로" and final == _RIEUL)
    return after_consonant if consonant else after_vowel


def _after_vowel(ending: str) -> str:
    for long, short in _CONTRACTED.items():
        if ending.startswith(long):
            return short + ending.removeprefix(long)
    return ending.removeprefix("이")
