"""The agreement under which a chat is learnt from: who agreed, who did not, and who took it back.

Knows nothing of messages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from training.common.errors import ChatError
from training.text.consent.people import NOBODY, Consent, People
from training.text.consent.people_file import read_people
from training.text.consent.withdrawals import NO_WITHDRAWALS, Withdrawals, read_withdrawals, usual_withdrawals


class Standing(StrEnum):
    """Whether somebody is learnt from, and why not; the strictest first."""

    WITHDREW = "withdrew"
    """They took it back, on Discord or otherwise."""
    NO = "said_no"
    UNKNOWN = "not_asked"
    AGREED = "agreed"


_OF = {Consent.YES: Standing.AGREED, Consent.NO: Standing.NO, Consent.UNKNOWN: Standing.UNKNOWN}
_STRICTEST = list(Standing)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who may be learnt from.

    ``everyone`` is the owner's word for all who were not asked one by one: whoever said no or withdrew stays out.
    """

    people: People = NOBODY
    everyone: bool = False
    withdrawals: Withdrawals = NO_WITHDRAWALS

    def name_of(self, who: str, names: Iterable[str]) -> str:
        """Return what somebody is called here whom chats call by ``names``: the friend's name, where it is known."""
        found = self.people.find(names)
        return found[0].name if found else who

    def standing_of(self, names: Iterable[str]) -> Standing:
        """Return how somebody stands whom chats call by ``names``; of nobody's words it is what everybody's are."""
        names = tuple(names)
        found = self.people.find(names)
        every = {name for person in found for name in person.names}.union(names)
        if self.withdrawals.have(every) or not self.withdrawals.ids.isdisjoint({person.discord for person in found}):
            return Standing.WITHDREW
        standings = [_OF[person.consent] for person in found] or [Standing.UNKNOWN]
        strictest = min(standings, key=_STRICTEST.index)
        return Standing.AGREED if self.everyone and strictest is Standing.UNKNOWN else strictest


EVERYONE = Agreement(everyone=True)
"""All of them, by the owner's word."""


def read_agreement(people: Path | None, *, everyone: bool = False, withdrawals: Path | None = None) -> Agreement:
    """Return the agreement by a list of ``people``, by the owner's word for ``everyone``, or by both.

    Without a file of ``withdrawals``, those count of the bot that is kept in this folder.

    Raises:
        ChatError: neither is given, or a file cannot be read.
    """
    if people is None and not everyone:
        raise ChatError(
            "Training uses only who agreed: `python -m training people EXPORT... --out people.toml` lists who is in "
            "the chat; write there who did and give --people people.toml, or --everyone-agreed if all of them did."
        )
    withdrew = usual_withdrawals() if withdrawals is None else read_withdrawals(withdrawals)
    return Agreement(NOBODY if people is None else read_people(people), everyone, withdrew)


def refuse_withdrawn(people: People, withdrawals: Withdrawals) -> None:
    """Refuse what was learnt from ``people`` where one of them withdrew since.

    Raises:
        ChatError: so it is.
    """
    agreement = Agreement(people, withdrawals=withdrawals)
    withdrawn = [person.name for person in people if agreement.standing_of(person.names) is Standing.WITHDREW]
    if withdrawn:
        raise ChatError(
            f"{', '.join(withdrawn)} withdrew after this was learnt: train the words again, and they are left out."
        )
