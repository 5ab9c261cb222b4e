"""Exclusion of people: what they wrote is not learnt, and their names are taken out of what others wrote.

Knows nothing of files or of training.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from training.common.errors import ChatError
from training.text.cleaning import personal_data
from training.text.cleaning.cleaner import Cleaner, fold
from training.text.message import Message

_AFTER_A_NAME = (
    r"(?:이?(?:야|랑|가|는|를|의|도|만|네|한테|에게|부터|까지|라고|라는)|아|이|은|을|과|와|씨|님|형|누나|오빠|언니|쌤){0,3}"
    r"(?![가-힣A-Za-z0-9])"
)
"""What Korean puts after a name: 하늘색 is a colour, and no word on 하늘."""

_FULL_NAME = re.compile("[가-힣]{3}")
"""A family name of one syllable and a given name of two, as most are."""

_FIRST_WORD = re.compile(r"[^\W\d_]{2,}")
"""What people say of `멜론🍈`, `정유진/회사` or `민수(95)`."""


_ANYBODY = frozenset({"회원님", "you", "You", "(알수없음)", "(알 수 없음)", "(Unknown)"})
"""Whoever saved a file, and whoever has left the room."""


@dataclass(slots=True)
class LeftOut:
    """Those left out; ``messages`` counts what they wrote, and ``doubtful`` are names that may be theirs."""

    people: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    messages: int = 0
    _names: re.Pattern[str] | None = None

    @classmethod
    def of(cls, wanted: Sequence[str], names: Mapping[str, Iterable[str]]) -> Self:
        """Find the people of ``wanted``, each by any of the ``names`` that the files have for a person.

        Raises:
            ChatError: nobody has such a name.
        """
        people: set[str] = set()
        for name in map(fold, wanted):
            namesakes = {who for who, all_names in names.items() if name in map(fold, all_names)}
            if not namesakes:
                raise ChatError(_nobody(name, names))
            people |= namesakes
        others = names.keys() - people if people else set()
        doubtful = frozenset(who for who in others if _ANYBODY.issuperset(names[who]))
        return cls(frozenset(people), doubtful, _names=_pattern(name for who in people for name in names[who]))

    def text_of(self, message: Message, cleaner: Cleaner) -> str:
        """Return what may be learnt of a message; nothing of one by somebody left out."""
        if message.who in self.people:
            self.messages += 1
            return ""
        text = cleaner.clean(message.text)
        return _without(self._names, text, cleaner.dropped) if self._names else text


def _without(names: re.Pattern[str], text: str, dropped: Counter[str]) -> str:
    text, count = names.subn(personal_data.GAP, text)
    dropped["names"] += count
    return " ".join(text.split()) if count else text


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    called = {fold(name) for name in names}
    called |= {word.group() for name in called if (word := _FIRST_WORD.match(name))}
    called |= {name[1:] for name in called if _FULL_NAME.fullmatch(name)}
    if not called:
        return None
    longest_first = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    return re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{longest_first}){_AFTER_A_NAME}")


def _nobody(name: str, names: Mapping[str, Iterable[str]]) -> str:
    everybody = ", ".join(sorted({name for all_names in names.values() for name in all_names}))
    if not everybody:
        return f"Nobody can be left out as {name!r}: these files name nobody."
    return f"Nobody in these files is called {name!r}: give --without one of {everybody}."
