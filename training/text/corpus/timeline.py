"""Timelines: a room's messages in their order, by when and what, so that two exports can be laid over each other.

Knows nothing of files, nor of how two are laid together.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, datetime, timedelta

from bot.bundle import normalise
from training.text.message import UNDATED, Message

_AS_FAR_AS_SAVED = 250
"""Letters of a message that are compared: phones cut a text at 500 characters, and blanks are among those."""

_SELECTOR = "\ufe0f"  # says that a heart is red, and is saved by some phones alone
_CALLED = re.compile(r"@[^\W_]\S*")
_MINUTE = 60


@dataclass(slots=True)
class Timeline:
    """The messages of one export, or of all that overlap.

    ``is_continued`` says that the timeline before may be the part before this one; ``names`` has all the names of each
    person. ``minutes``, ``keys`` and ``places`` index the messages by when and what.
    """

    messages: list[Message]
    is_continued: bool = False
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    minutes: list[int] = field(init=False)
    keys: list[str] = field(init=False)
    places: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.names = self.names or {who: frozenset({who}) for who in {message.who for message in self.messages} if who}
        self.minutes = [_minute_of(message.when) for message in self.messages]
        self.keys = [_key_of(message.text) for message in self.messages]
        self.places = defaultdict(list)
        for place, key in enumerate(self.keys):
            self.places[key].append(place)

    def minutes_of(self, key: str) -> list[int]:
        """Return when a text was said."""
        return [self.minutes[place] for place in self.places.get(key, ())]

    def moments(self) -> Iterator[tuple[int, str, int]]:
        """Yield minute, text and place of every message."""
        for place, (minute, key) in enumerate(zip(self.minutes, self.keys, strict=True)):
            yield minute, key, place

    def between(self, first: int, last: int) -> list[str]:
        """Return what was said between two minutes, both included."""
        return [key for minute, key, _ in self.moments() if first <= minute <= last]

    def span(self) -> tuple[int, int]:
        """Return the first and the last minute."""
        return min(self.minutes), max(self.minutes)

    def set_back(self, minutes: Sequence[int]) -> "Timeline":
        """Return the same with the time of each message set back by so many minutes."""
        if not any(minutes):
            return self
        messages = [_set_back(message, by) for message, by in zip(self.messages, minutes, strict=True)]
        return Timeline(messages, self.is_continued, self.names)


def _set_back(message: Message, minutes: int) -> Message:
    is_a_time = MINYEAR < message.when.year < MAXYEAR  # a broken record may tell the first or the last there is
    return replace(message, when=message.when - timedelta(minutes=minutes)) if is_a_time else message


def _minute_of(when: datetime) -> int:
    return int((when - UNDATED).total_seconds()) // _MINUTE


def _key_of(text: str) -> str:
    """Return what all forms save of a text alike: its letters without blanks and line ends, up to where phones cut.

    Whoever is called is called by another name on every phone.
    """
    text = text[: 4 * _AS_FAR_AS_SAVED].replace(_SELECTOR, "")
    return "".join(normalise(_CALLED.sub("@", text) if "@" in text else text).split())[:_AS_FAR_AS_SAVED]
