"""What of a chat is somebody's and not everybody's: the letters that the bundle's verbatim filter holds back.

Everybody's is what ``PEOPLE`` different people said, however often each of them did. Where a file names nobody, one
person may be behind all of it: there it takes ``STRETCHES`` stretches of the file, far more than one conversation.

Knows nothing of networks, nor of how the filter keeps what it is given.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.bundle import BEGIN, VerbatimFilter
from bot.bundle.verbatim import joined, letters_of, signs_of

RUN = 6
"""So many morphemes in a row count as somebody's words: `윤혜 야 생일 축하 해 🎉` is as long as this."""

WHOLE = 3
"""From so many morphemes on a whole message is somebody's."""

PEOPLE = 3
STRETCHES = 5
STRETCH = 200
"""Messages of a file that names nobody, or of which one person wrote all."""

_FEWEST_LETTERS = 4
"""Passages with fewer stand in every second word."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message: who said it (empty where no name is told), its place among all of them, and its morphemes."""

    who: str
    place: int
    pieces: Sequence[str]


def filter_of(messages: Sequence[Said]) -> VerbatimFilter:
    """Return the filter of what is nobody's but its speakers'.

    Messages are held back from ``WHOLE`` morphemes on. Passages are runs of ``RUN`` morphemes; short messages, where
    hardly anybody said them even within a longer one; and long ones that end in a run that is everybody's.
    """
    voices = _Voices()
    spelled = [(voices.of(said), _Spelled.of(said.pieces)) for said in messages]
    own = {message.letters: message for _, message in spelled if len(message) >= WHOLE and message.letters}
    signs = {message.signs for _, message in spelled if len(message) >= WHOLE}
    runs = voices.rare((voice, message.runs(RUN)) for voice, message in spelled)
    whole = voices.rare((voice, [message.letters]) for voice, message in spelled).intersection(own)
    short = {letters for letters in whole if len(own[letters]) < RUN}
    within = voices.rare((voice, short.intersection(_parts(message))) for voice, message in spelled)
    ending_alike = {letters for letters in whole - short if own[letters].last not in runs}
    passages = filter(_is_long_enough, runs | within | ending_alike)
    exactly = voices.rare((voice, [message.signs]) for voice, message in spelled).intersection(signs)
    return VerbatimFilter.of(passages, whole, exactly)


def _parts(message: "_Spelled") -> Iterator[str]:
    """Yield everything in a message that can be a short message."""
    return (part for length in range(WHOLE, RUN) for part in message.runs(length))


def _is_long_enough(passage: str) -> bool:
    return len(passage) >= _FEWEST_LETTERS


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A message's letters, where in them each morpheme ends, and the message with its signs."""

    letters: str
    ends: Sequence[int]
    signs: str

    @classmethod
    def of(cls, pieces: Sequence[str]) -> "_Spelled":
        letters, ends = "", [0]
        for piece in pieces:
            letters = joined(letters, _letters_of(piece))
            ends.append(len(letters))
        return cls(letters, ends, signs_of("".join(pieces).replace(BEGIN, " ")))

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def last(self) -> str:
        """The last ``RUN`` morphemes."""
        return self.letters[self.ends[-RUN - 1] :]

    def runs(self, length: int) -> Iterator[str]:
        """Yield the letters of every ``length`` morphemes in a row."""
        ends = self.ends
        return (self.letters[ends[at] : ends[at + length]] for at in range(len(self) - length + 1))


_letters_of = lru_cache(maxsize=1 << 16)(letters_of)


@dataclass(slots=True)
class _Voices:
    """Numbers everybody who speaks, as bits; a stretch of a file without names is a voice that counts for less."""

    people: dict[str, int] = field(default_factory=dict)
    stretches: dict[int, int] = field(default_factory=dict)

    def of(self, said: Said) -> int:
        bit = 1 << (len(self.people) + len(self.stretches))
        if said.who:
            return self.people.setdefault(said.who, bit)
        return self.stretches.setdefault(said.place // STRETCH, bit)

    def rare(self, heard: Iterable[tuple[int, Iterable[str]]]) -> set[str]:
        """Return of what each voice said that which is not everybody's."""
        by: dict[str, int] = defaultdict(int)
        for voice, texts in heard:
            for text in texts:
                by[text] |= voice
        nameless = sum(self.stretches.values())
        return {text for text, voices in by.items() if not _is_everybodys(voices & ~nameless, voices & nameless)}


def _is_everybodys(people: int, stretches: int) -> bool:
    return people.bit_count() * STRETCHES + stretches.bit_count() * PEOPLE >= PEOPLE * STRETCHES
