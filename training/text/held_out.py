"""The held-out split: the last sessions, none of them cut, are measured on and not learnt from.

The best epoch is chosen by other ones, the last of those before. Knows nothing of networks.
"""

from bisect import bisect_left
from collections.abc import Sequence

FEWEST = 100
"""With fewer messages a loss says little about which epoch was best."""
_MOSTLY = 0.5
"""From this share of held-out messages on that were said before, a room is not small, but repeats itself."""


def first_held_out(count: int, sessions: Sequence[int], share: float) -> int:
    """Return the position of the first held-out one of ``count`` messages.

    ``sessions`` are the positions at which sessions begin. Of their edges it is the one nearest to the last
    ``share`` of the messages; only a chat that is a single session is cut within it.
    """
    wanted = min(max(round(count * (1 - share)), 1), count - 1)
    edges = [edge for edge in sessions if 0 < edge < count]
    if not edges:
        return wanted
    after = bisect_left(edges, wanted)
    return min(edges[max(after - 1, 0) : after + 1], key=lambda edge: abs(edge - wanted))


def first_validation(first: int, sessions: Sequence[int], share: float) -> int:
    """Return the position of the first message by which the best epoch is chosen; the last is that before ``first``.

    They are half as many as are held out, of which ``share`` tells: to choose takes less than to measure.
    """
    return first_held_out(first, [edge for edge in sessions if edge < first], share / 2)


def count_repeated(held_out: Sequence[str], train: Sequence[str]) -> int:
    """Return how many held-out messages are, word for word, among those that training has."""
    train_texts = set(train)
    return sum(text in train_texts for text in held_out)


def repeats_itself(repeated: float) -> bool:
    """Say whether a room is one of which so large a share was said before: phrases alone foretell that, in any room."""
    return repeated >= _MOSTLY


def new_positions(held_out: Sequence[str], train: Sequence[str]) -> list[int]:
    """Return the positions of the held-out messages that training has not, and each of them only once.

    A chat repeats itself, and a measure on what was learnt by heart would flatter. Where less than ``FEWEST`` are
    new, every position is returned.
    """
    seen = set(train)
    new: list[int] = []
    for position, text in enumerate(held_out):
        if text not in seen:
            seen.add(text)
            new.append(position)
    return new if len(new) >= FEWEST else list(range(len(held_out)))
