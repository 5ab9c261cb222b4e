"""Exclusion of people: of who did not agree nothing is learnt, and their names are taken out of what others wrote.

Knows nothing of files or of training.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from training.text.cleaning import personal_data
from training.text.cleaning.cleaner import Cleaner, fold
from training.text.consent.agreement import Agreement, Standing
from training.text.consent.people import own_names
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
class Exclusion:
    """Who is who, and who is left out.

    ``friends`` has the name of a friend for each who wrote, ``names`` all the names of each friend, and ``standings``
    how each stands; ``messages`` counts by that what is left out. ``doubtful`` are names that may be theirs who are.
    """

    agreement: Agreement
    friends: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    standings: Mapping[str, Standing]
    doubtful: frozenset[str]
    messages: Counter[Standing] = field(default_factory=Counter)
    _of_writers: Mapping[str, Standing] = field(default_factory=dict)
    _masked: re.Pattern[str] | None = None

    @classmethod
    def of(cls, agreement: Agreement, names: Mapping[str, Iterable[str]]) -> Self:
        """Find out who of those who wrote agreed; ``names`` has all the names that the files have for each."""
        own = own_names(names)
        friends = {who: agreement.name_of(who, own[who]) for who in names}
        of_writers = {who: agreement.standing_of(_may_be(who, names, own)) for who in names}
        together = {person.name: set(person.names) for person in agreement.people if person.name in friends.values()}
        standings: dict[str, Standing] = {}
        for who, friend in friends.items():
            together.setdefault(friend, set()).update(names[who], own[who])
            if standings.get(friend) is not Standing.AGREED:
                standings[friend] = of_writers[who]
        out = {friend for friend, standing in standings.items() if standing is not Standing.AGREED}
        here = standings.keys() - out if out else set()
        masked = {name for who, friend in friends.items() if friend in out for name in own[who]}
        return cls(
            agreement,
            friends,
            {friend: frozenset(every) for friend, every in together.items()},
            standings,
            frozenset(friend for friend in here if _ANYBODY.issuperset(together[friend])),
            _of_writers=of_writers,
            _masked=_pattern(masked | _listed_without(agreement, standings)),
        )

    def friend(self, message: Message) -> str:
        """Return what whoever wrote a message is called here."""
        return self.friends.get(message.who, message.who)

    def text_of(self, message: Message, cleaner: Cleaner) -> str:
        """Return what may be learnt of a message; nothing of one by somebody left out."""
        # In a file that names nobody, everybody stands as one who is not on the list.
        standing = self._of_writers.get(message.who) or self.agreement.standing_of(())
        if standing is not Standing.AGREED:
            self.messages[standing] += 1
            return ""
        text = cleaner.clean(message.text)
        return _without(self._masked, text, cleaner.dropped) if self._masked else text


def _may_be(who: str, names: Mapping[str, Iterable[str]], own: Mapping[str, set[str]]) -> set[str]:
    """Return the names of whoever may have written as ``who``: of several, where one name stands for several people."""
    others = [other for other in names[who] if other in names and other != who]
    return own[who].union(*(own[other] for other in others)) if len(others) > 1 else own[who]


def _listed_without(agreement: Agreement, standings: Mapping[str, Standing]) -> set[str]:
    """Return every name of those on the list of whom nothing may be learnt, whether they wrote here or not."""
    return {
        name
        for person in agreement.people
        if standings.get(person.name, agreement.standing_of(person.names)) is not Standing.AGREED
        for name in person.names
    }


def _without(names: re.Pattern[str], text: str, dropped: Counter[str]) -> str:
    text, count = names.subn(personal_data.GAP, text)
    dropped["names"] += count
    return " ".join(text.split()) if count else text


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    called = {fold(name) for name in names if name not in _ANYBODY}
    called |= {word.group() for name in called if (word := _FIRST_WORD.match(name))}
    called |= {name[1:] for name in called if _FULL_NAME.fullmatch(name)}
    called.discard("")
    if not called:
        return None
    longest_first = "|".join(re.escape(name) for name in sorted(called, key=len, reverse=True))
    return re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{longest_first}){_AFTER_A_NAME}")
