"""The verbatim filter of a chat: what is somebody's and not everybody's, and so must not be said word for word.

Everybody's is what ``PEOPLE`` different people said, however often each of them did. Where a file names nobody, one
person may be behind all of it: there it takes ``STRETCHES`` stretches of the file, far more than one conversation.

Knows nothing of networks, nor of how the filter keeps what it is given.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bot.bundle import BEGIN, VerbatimFilter
from bot.bundle.verbatim import FEWEST_LETTERS, RUN, Held, Spelling

WHOLE = 3
"""From so many morphemes on a whole message is somebody's."""

PEOPLE = 3
STRETCHES = 5
STRETCH = 200
"""Messages of a file that names nobody, or of which one person wrote all."""

ENOUGH = PEOPLE * STRETCHES
"""What everybody's is has speakers who weigh so much together."""

_NOTHING = Spelling("", "")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message: who said it (empty where no name is told), its place among all of them, and its morphemes."""

    who: str
    place: int
    pieces: Sequence[str]


def filter_of(messages: Sequence[Utterance]) -> VerbatimFilter:
    """Return the filter of what is nobody's but its speakers'.

    Messages are held back from ``WHOLE`` morphemes on, and shorter ones that one person said once if a piece of them is
    hardly anybody's. Passages are runs of ``RUN`` morphemes; short messages, where
    hardly anybody said them even within a longer one; and long ones that end in a run that is everybody's.
    """
    voices = _Voices()
    by = [voices.of(utterance) for utterance in messages]
    letters = _held(by, [_Spelled.by_letters(utterance.pieces) for utterance in messages], voices)
    signs = _held(by, [_Spelled.by_signs(utterance.pieces) for utterance in messages], voices)
    # What is held back by its letters is so with any signs.
    return VerbatimFilter.of(letters, Held(*map(_beside, signs, letters)))


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The letters of what is nobody's but its speakers': ``runs`` of ``RUN`` morphemes, and whole ``messages``.

    ``short`` are messages of fewer morphemes that one person said once, ``rare`` those of them with a rare piece.
    """

    runs: frozenset[str]
    messages: frozenset[str]
    short: frozenset[str]
    rare: frozenset[str]


def own_texts(messages: Sequence[Utterance]) -> OwnTexts:
    """Return the letters of what is somebody's: what a voice should never say."""
    voices = _Voices()
    by = [voices.of(utterance) for utterance in messages]
    spelled = [_Spelled.by_letters(utterance.pieces) for utterance in messages]
    runs = filter(_is_long_enough, voices.rare(by, (message.runs(RUN) for message in spelled)))
    whole = voices.rare(by, ([message.text] for message in spelled))
    counts = Counter(message.text for message in spelled)
    short = {message.text for message in spelled if len(message) < RUN and message.text and counts[message.text] == 1}
    pieces = voices.rare(by, (message.runs(1) for message in spelled))
    return OwnTexts(
        frozenset(runs),
        frozenset(message.text for message in spelled if len(message) >= WHOLE and message.text in whole),
        frozenset(short),
        frozenset(message.text for message in spelled if message.text in short and message.holds(pieces)),
    )


def _beside(signs: Iterable[str], letters: Collection[str]) -> set[str]:
    return {text for text in signs if Spelling.of(text).letters not in letters}


def _held(by: Sequence[int], spelled: Sequence["_Spelled"], voices: "_Voices") -> Held:
    """Return what of the messages, in one spelling, is somebody's."""
    counts = Counter(message.text for message in spelled)
    pieces = voices.rare(by, (message.runs(1) for message in spelled))
    own = {
        message.text: message
        for message in spelled
        if message.text and (len(message) >= WHOLE or (counts[message.text] == 1 and message.holds(pieces)))
    }
    runs = set(filter(_is_long_enough, voices.rare(by, (message.runs(RUN) for message in spelled))))
    whole = voices.rare(by, ([message.text] for message in spelled)).intersection(own)
    short = {text for text in whole if WHOLE <= len(own[text]) < RUN}
    within = voices.rare(by, (short.intersection(message.parts()) for message in spelled))
    ending_alike = {text for text in whole if len(own[text]) >= RUN and own[text].last not in runs}
    return Held(runs.union(filter(_is_long_enough, within | ending_alike)), whole)


def _is_long_enough(passage: str) -> bool:
    return len(passage) >= FEWEST_LETTERS


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A message in one spelling, and where in it each morpheme ends."""

    text: str
    ends: Sequence[int]

    @classmethod
    def by_letters(cls, pieces: Iterable[str]) -> "_Spelled":
        spellings = accumulate(map(_spelling_of, pieces), Spelling.then, initial=_NOTHING)
        return cls._of([spelling.letters for spelling in spellings])

    @classmethod
    def by_signs(cls, pieces: Iterable[str]) -> "_Spelled":
        return cls._of(list(accumulate((_spelling_of(piece).signs for piece in pieces), initial="")))

    @classmethod
    def _of(cls, beginnings: Sequence[str]) -> "_Spelled":
        return cls(beginnings[-1], [len(beginning) for beginning in beginnings])

    def __len__(self) -> int:
        return len(self.ends) - 1

    @property
    def last(self) -> str:
        """The last ``RUN`` morphemes."""
        return self.text[self.ends[-RUN - 1] :]

    def holds(self, pieces: Collection[str]) -> bool:
        """Say whether one of ``pieces`` stands in it."""
        return any(piece in pieces for piece in self.runs(1) if piece)

    def runs(self, length: int) -> Iterator[str]:
        """Yield every ``length`` morphemes in a row."""
        ends = self.ends
        return (self.text[ends[at] : ends[at + length]] for at in range(len(self) - length + 1))

    def parts(self) -> Iterator[str]:
        """Yield everything in it that can be a short message."""
        return (part for length in range(WHOLE, RUN) for part in self.runs(length))


@lru_cache(maxsize=1 << 16)
def _spelling_of(piece: str) -> Spelling:
    return Spelling.of(piece.removeprefix(BEGIN))


class Voice(NamedTuple):
    """Somebody who speaks, by a number of their own; or a stretch of a file without names, which weighs less."""

    number: int
    weight: int


def voices_of(messages: Iterable[Utterance]) -> list[Voice]:
    """Return whose voice each message is."""
    voices = _Voices()
    bits = [(voices.of(utterance), STRETCHES if utterance.who else PEOPLE) for utterance in messages]
    return [Voice(bit.bit_length() - 1, weight) for bit, weight in bits]


@dataclass(slots=True)
class _Voices:
    """Numbers everybody who speaks, as bits; a stretch of a file without names is a voice that counts for less."""

    people: dict[str, int] = field(default_factory=dict)
    stretches: dict[int, int] = field(default_factory=dict)

    def of(self, utterance: Utterance) -> int:
        bit = 1 << (len(self.people) + len(self.stretches))
        if utterance.who:
            return self.people.setdefault(utterance.who, bit)
        return self.stretches.setdefault(utterance.place // STRETCH, bit)

    def rare(self, by: Iterable[int], passages: Iterable[Iterable[str]]) -> set[str]:
        """Return of what each voice said that which is not everybody's."""
        voices: dict[str, int] = defaultdict(int)
        for voice, texts in zip(by, passages, strict=True):
            for text in texts:
                voices[text] |= voice
        nameless = sum(self.stretches.values())
        return {
            text for text, speakers in voices.items() if not _is_everybodys(speakers & ~nameless, speakers & nameless)
        }


def _is_everybodys(people: int, stretches: int) -> bool:
    return people.bit_count() * STRETCHES + stretches.bit_count() * PEOPLE >= ENOUGH


def filter_of_lines(lines: Iterable[Sequence[str]], own: Iterable[Sequence[str]] = ()) -> VerbatimFilter:
    """Return the filter of whole ``lines``, whoever said them, and of what is the owner's ``own``.

    Of that a line is also held back within a longer one, and so is every run of ``RUN`` morphemes.
    """
    lines, own = [*lines], [*own]
    spellings = (_Spelled.by_letters, _Spelled.by_signs)
    return VerbatimFilter.of(*(_held_lines([*map(spell, lines)], [*map(spell, own)]) for spell in spellings))


def _held_lines(lines: Sequence["_Spelled"], own: Sequence["_Spelled"]) -> Held:
    runs = (run for line in own for run in line.runs(RUN))
    short = (line.text for line in own if WHOLE <= len(line) < RUN)
    passages = {passage for passage in (*runs, *short) if _is_long_enough(passage)}
    return Held(passages, {line.text for line in (*lines, *own) if line.text})
