"""Examples for reactions: what was said, and the sign of feeling that the room gave it. Knows nothing of networks.

The labels are distant ones: nobody was asked. A sign belongs to the words it stands at the end of, or at the beginning
(DeepMoji: Felbo et al. 2017, arXiv:1708.00524); one alone belongs to what somebody else said just before.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from bot.bundle import normalise
from bot.bundle.signs import Kind, is_emoji, kind_of, signs, without_signs
from training.text.message import UNDATED, Message

MOST_CLASSES = 16
FEWEST_EMOJI = 6
"""With fewer emoji that are frequent enough, a room's examples are told apart by kind alone."""
KINDS = (Kind.LAUGHING, Kind.CRYING, Kind.SURPRISED, Kind.AGREEING)
FEWEST_OF_CLASS = 20
"""Examples to learn from: of a class with fewer nothing is learnt but by heart."""
WITHIN = timedelta(minutes=5)
"""What comes later is no reaction."""
_MARKS = " .!?~,…"


class Example(NamedTuple):
    """What was said, without any sign, and the emoji for the sign that went with it."""

    text: str
    emoji: str


def examples_of(messages: Sequence[Message]) -> list[Example]:
    """Return the examples of a chat in its order."""
    return [*_examples(messages)]


def _examples(messages: Sequence[Message]) -> Iterator[Example]:
    before: Message | None = None
    for message in messages:
        words = without_signs(message.text)
        emoji = label_of(message.text)
        if emoji and words.strip(_MARKS):
            yield Example(words, emoji)
        elif emoji and before is not None and _is_reaction(before, message):
            yield Example(without_signs(before.text), emoji)
        before = message


def _is_reaction(before: Message, message: Message) -> bool:
    """Say whether a sign alone is what somebody made of the words before it, which have no sign of their own."""
    if before.who == message.who or UNDATED in {before.when, message.when}:
        return False
    is_soon = timedelta(0) <= message.when - before.when <= WITHIN
    return is_soon and label_of(before.text) is None and bool(normalise(before.text).strip(_MARKS))


def label_of(text: str) -> str | None:
    """Return the sign that a message ends with, else that it begins with, else its last; None where it has none."""
    text = normalise(text)
    there = [sign for sign in signs(text) if is_emoji(sign.emoji)]
    if not there:
        return None
    ends = there[-1].end >= len(text.rstrip(_MARKS))
    return there[0].emoji if there[0].start == 0 and not ends else there[-1].emoji


@dataclass(frozen=True, slots=True)
class Classes:
    """What is told apart: ``emoji`` that stand each for a class, and by which name an example's class is found."""

    emoji: tuple[str, ...]
    are_kinds: bool

    def of(self, example: Example) -> int | None:
        """Return the number of an example's class, None where it has none."""
        if not self.are_kinds:
            return self.emoji.index(example.emoji) if example.emoji in self.emoji else None
        kinds = [kind_of(emoji) for emoji in self.emoji]
        kind = kind_of(example.emoji)
        return kinds.index(kind) if kind in kinds else None


def classes_of(examples: Sequence[Example]) -> Classes:
    """Return the classes of a room, the most frequent first: its emoji, or where these are few, four kinds.

    A kind is shown as the emoji of it that the room has most.
    """
    counts = Counter(example.emoji for example in examples)
    frequent = [emoji for emoji, count in counts.most_common(MOST_CLASSES) if count >= FEWEST_OF_CLASS]
    if len(frequent) >= FEWEST_EMOJI:
        return Classes(tuple(frequent), are_kinds=False)
    by_kind = _by_kind(counts)
    often = [by_kind[kind] for kind in KINDS if _total(by_kind[kind]) >= FEWEST_OF_CLASS]
    usual = [max(emoji, key=emoji.__getitem__) for emoji in often]
    return Classes(tuple(sorted(usual, key=lambda emoji: -_total(by_kind[kind_of(emoji)]))), are_kinds=True)


def _by_kind(counts: Counter[str]) -> Mapping[str, Counter[str]]:
    return {kind: Counter({emoji: n for emoji, n in counts.items() if kind_of(emoji) == kind}) for kind in KINDS}


def _total(counts: Counter[str]) -> int:
    return sum(counts.values())
