"""Withdrawals: who asked on Discord to be left out, as the bot writes them down for the next training.

A line each: the ID, a tab, and when; behind another tab perhaps what the chat calls them. A name alone will do as well.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from training.common.errors import ChatError
from training.text.cleaning.cleaner import fold
from training.text.consent.people import Person

USUAL = Path("data/withdrawals.tsv")
"""Where the bot of the folder in which training runs writes them."""
_ID = re.compile(r"[1-9][0-9]{14,18}")


@dataclass(frozen=True, slots=True)
class Withdrawals:
    """Discord's IDs of those who withdrew, and the folded ``names`` of those whom a line names."""

    ids: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()

    def have(self, names: Iterable[str]) -> bool:
        """Say whether one of ``names`` is of somebody who withdrew."""
        return not self.names.isdisjoint(map(fold, names))

    def untied(self, persons: Iterable[Person]) -> list[int]:
        """Return the IDs that are nobody's on a list, and that no line names."""
        return sorted(self.ids - {person.discord for person in persons})


NO_WITHDRAWALS = Withdrawals()
"""Of nobody."""


def read_withdrawals(path: Path) -> Withdrawals:
    """Return who withdrew.

    Raises:
        ChatError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise ChatError(f"{path} cannot be read as a list of withdrawals ({error}).") from error
    ids, names = set[int](), set[str]()
    for parts in (line.split("\t") for line in lines if line.strip()):
        name = parts[2].strip() if len(parts) > 2 else ""
        if name:
            names.add(fold(name))
        elif _ID.fullmatch(parts[0].strip()):
            ids.add(int(parts[0]))
        else:
            names.add(fold(parts[0]))
    return Withdrawals(frozenset(ids), frozenset(names))


def usual_withdrawals() -> Withdrawals:
    """Return who withdrew from the bot of this folder; nobody where there is none.

    Raises:
        ChatError: the file is there and cannot be read.
    """
    return read_withdrawals(USUAL) if USUAL.exists() else NO_WITHDRAWALS
