"""Turn pairs: what somebody said, and what another said to it within minutes. Knows nothing of networks."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.bundle import normalise
from training.text.message import UNDATED, Message

WITHIN = timedelta(minutes=5)
"""What comes later is no answer, but a new beginning."""
_LAST = 3
"""So many messages in a row of one person are what the other answers."""
_LONGEST = 120
"""Letters of either side; who writes more writes no chat."""


class Pair(NamedTuple):
    """A turn and the first message of the turn after it."""

    message: str
    answer: str


def pairs_of(messages: Sequence[Message]) -> list[Pair]:
    """Return the pairs of a chat in its order; none where a file tells neither names nor times."""
    turns = [list(turn) for _, turn in groupby(messages, key=lambda message: message.who)]
    return [pair for before, after in pairwise(turns) for pair in _pair(before, after)]


def is_answer(one: Message, other: Message) -> bool:
    """Say whether somebody else wrote ``other`` within minutes of ``one``, after which it stands."""
    is_known = one.who and other.who and one.who != other.who and UNDATED not in {one.when, other.when}
    return bool(is_known) and timedelta(0) <= other.when - one.when <= WITHIN


def _pair(before: Sequence[Message], after: Sequence[Message]) -> Iterator[Pair]:
    last, first = before[-1], after[0]
    if not is_answer(last, first):
        return
    recent = [message.text for message in before[-_LAST:] if last.when - message.when <= WITHIN]
    pair = Pair(normalise(" ".join(recent)), normalise(first.text))
    if all(0 < len(side) <= _LONGEST for side in pair):
        yield pair
