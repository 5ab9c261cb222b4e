"""Speakers: members who agreed that the voice may sound like them alone, and whether it then does.

A message of theirs begins with a start mark of their own, of which the network has a vector each, and what the group
says with everybody's. Knows nothing of what a network computes.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.bundle import START, UNKNOWN
from bot.bundle.manifest import SPEAKER
from training.common.errors import ChatError
from training.text.cleaning.cleaner import fold
from training.text.consent.agreement import Standing
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
        ChatError: nobody has such a name, several people have it, it is there twice, they did not agree that their
            words are learnt at all, or they wrote too little.
    """
    counts = Counter(message.who for message in corpus.messages)
    places: dict[str, int] = {}
    for place, name in enumerate(wanted):
        if not SPEAKER.fullmatch(name):
            raise ChatError(f"{name!r} is no name that can be chosen on Discord: use one to 32 letters, on one line.")
        who = _who(name, corpus.names)
        if who in places:
            raise ChatError(f"{name!r} and {wanted[places[who]]!r} are one person: give --as one of the two.")
        if (standing := corpus.standings.get(who, Standing.AGREED)) is not Standing.AGREED:
            raise ChatError(_not_agreed(name, standing))
        if counts[who] < FEWEST_MESSAGES:
            raise ChatError(
                f"{name!r} wrote {counts[who]:,} messages that can be learnt, and {FEWEST_MESSAGES} are needed to "
                "sound like somebody: leave out that --as."
            )
        places[who] = place
    return places


def _not_agreed(name: str, standing: Standing) -> str:
    if standing is Standing.WITHDREW:
        return f"{name!r} withdrew: leave out that --as, and nothing of theirs is learnt."
    return (
        f"{name!r} has not agreed that what they wrote is learnt: leave out that --as, "
        'or write consent = "yes" into the list of people once they have.'
    )


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
