"""Speakers: members who agreed that the voice may sound like them alone, and whether it then does.

A message of theirs begins with a start mark of their own, of which the network has a vector each, and what the group
says with everybody's. Knows nothing of what a network computes.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.bundle import START, UNKNOWN
from bot.bundle.manifest import SPEAKER
from training.common.errors import ChatError
from training.text.cleaning.cleaner import fold
from training.text.corpus.corpus import Corpus
from training.text.dataset import Ids, with_start

FEWEST_MESSAGES = 500
"""With fewer nobody is told from the others."""
_SURE = 2.0
"""Standard errors, a message, by which the right start mark must foretell held-out messages better."""
_WORTH = 0.02
"""Nats, a piece, by which it must do so: of less nobody would hear a difference."""

Floats = npt.NDArray[np.float64]


class RowModel(Protocol):
    """Whatever foretells rows."""

    def log_probabilities(self, rows: Sequence[Ids]) -> Floats:
        """Return the log probability (nats) of every known piece of ``rows`` after their start, in order."""


def start_of(vocabulary: int, number: int | None) -> int:
    """Return the start mark of a speaker by their place, or everybody's. Speakers' marks come after the pieces."""
    return START if number is None else vocabulary + number


def find_speakers(wanted: Sequence[str], corpus: Corpus) -> dict[str, int]:
    """Return of each person in the corpus who agreed the place of their name in ``wanted``.

    Raises:
        ChatError: nobody has such a name, several people have it, it is there twice, or they wrote too little.
    """
    counts = Counter(message.who for message in corpus.messages)
    places: dict[str, int] = {}
    for place, name in enumerate(wanted):
        if not SPEAKER.fullmatch(name):
            raise ChatError(f"{name!r} is no name that can be chosen on Discord: use one to 32 letters, on one line.")
        who = _who(name, corpus.names)
        if who in places:
            raise ChatError(f"{name!r} and {wanted[places[who]]!r} are one person: give --as one of the two.")
        if counts[who] < FEWEST_MESSAGES:
            raise ChatError(
                f"{name!r} wrote {counts[who]:,} messages that can be learnt, and {FEWEST_MESSAGES} are needed to "
                "sound like somebody: leave out that --as."
            )
        places[who] = place
    return places


def _who(name: str, names: Mapping[str, frozenset[str]]) -> str:
    found = [who for who, all_names in names.items() if fold(name) in map(fold, all_names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ChatError(f"{len(found)} people in these files are called {name!r}: --as cannot tell them apart.")
    everybody = ", ".join(sorted({each for all_names in names.values() for each in all_names}))
    raise ChatError(
        f"Nobody in these files is called {name!r}: give --as one of {everybody}."
        if everybody
        else f"The voice cannot sound like {name!r}: these files name nobody."
    )


def refuse_withdrawn(speakers: Sequence[str], file: Path) -> None:
    """Refuse to sound like somebody who withdrew.

    ``file`` has a name a line, alone or behind what ``python -m bot withdrawals`` prints: the ID and the time.

    Raises:
        ChatError: one of ``speakers`` is in it, a line names nobody, or it cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ChatError(f"{file} cannot be read as a list of withdrawals ({error}).") from error
    withdrawn = {fold(_name_in(line, f"{file}, line {at}")) for at, line in enumerate(lines, start=1) if line.strip()}
    for name in speakers:
        if fold(name) in withdrawn:
            raise ChatError(f"{name!r} withdrew, as {file} says: train without --as {name}, and with --without {name}.")


def _name_in(line: str, place: str) -> str:
    parts = [part.strip() for part in line.split("\t")]
    name = parts[2] if len(parts) > 2 else "" if parts[0].isdecimal() else parts[0]
    if not name:
        raise ChatError(
            f"{place} has no name: write behind the ID and the time what the chat calls them, or a name alone."
        )
    return name


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the voice makes of a speaker's held-out ``messages``: perplexities, and whether it may be asked to.

    ``right`` with their own start mark, ``wrong`` with another speaker's (None where there is no other), ``group`` with
    everybody's.
    """

    messages: int
    right: float
    wrong: float | None
    group: float
    is_offered: bool


def measure(model: RowModel, rows: Mapping[str, Sequence[Ids]], vocabulary: int) -> dict[str, dict[str, object]]:
    """Return the likeness of each speaker, by name and in their order; ``rows`` are their held-out messages."""
    starts = {name: start_of(vocabulary, number) for number, name in enumerate(rows)}
    return {name: asdict(_likeness(model, rows[name], starts[name], [*starts.values()])) for name in rows}


def _likeness(model: RowModel, rows: Sequence[Ids], own: int, starts: Sequence[int]) -> Likeness:
    if len(rows) < 2:
        return Likeness(len(rows), math.nan, None, math.nan, is_offered=False)
    known = np.array([(row[1:] != UNKNOWN).sum() for row in rows])
    right, group = (_by_message(model, rows, start, known) for start in (own, START))
    others = [_by_message(model, rows, start, known) for start in starts if start != own]
    wrong = np.mean(others, axis=0) if others else None
    rivals = [group] if wrong is None else [group, wrong]
    is_offered = all(_is_better(right, rival, known) for rival in rivals)
    pieces = known.sum()
    return Likeness(
        len(rows),
        math.exp(-right.sum() / pieces),
        None if wrong is None else math.exp(-wrong.sum() / pieces),
        math.exp(-group.sum() / pieces),
        is_offered,
    )


def _by_message(model: RowModel, rows: Sequence[Ids], start: int, known: Ids) -> Floats:
    """Return the log probability (nats) of each of ``rows``, said with one start mark."""
    log_probs = model.log_probabilities([with_start(row, start) for row in rows])
    sums: Floats = np.add.reduceat(log_probs, np.cumsum(known) - known)
    return sums


def _is_better(these: Floats, those: Floats, known: Ids) -> bool:
    """Say whether one foretells messages, of so many known pieces, better than the other by more than chance."""
    gains = these - those
    is_sure = gains.mean() > _SURE * gains.std(ddof=1) / math.sqrt(len(gains))
    return bool(is_sure and gains.sum() > _WORTH * known.sum())
