"""Writes songs: a refrain that comes back between verses, lines of one length, and an end rhyme. No ONNX, no Discord.

A line is drawn by a text network that has read the lines before it, several times, and the one is sung that is likely,
about the word, as long as the refrain, and rhymes; the voice keeps out what is no sentence to it. No line is a message
of the room, or a line of the lyrics that it learnt from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.bundle import BEGIN, END, START, Bundle, Role, Tokenizer, VerbatimFilter, normalise
from bot.bundle.stanza import STANZA
from bot.bundle.verbatim import Spelling
from bot.inference.batching import Job
from bot.inference.decoder import Aim, Decoder
from bot.inference.draw import Beginning, Draw
from bot.inference.pieces import Ids
from bot.inference.reader import NextPieces
from bot.inference.refusals import Guard, Guards
from bot.inference.rhymes import rhyme, syllables
from bot.inference.seeds import seed_or_any
from bot.inference.session import Provider, open_later
from bot.inference.text_session import open_network

FORMS: Mapping[int, tuple[int, int]] = {4: (1, 1), 6: (2, 1), 8: (2, 2)}
"""By how many lines a song has: those of a verse, and those of the refrain; there are two verses, each before it."""

_DRAWS = 48
"""Draws of each line, of which one is sung."""
_TEMPERATURE = 0.8
_LONGEST = 14
"""Morphemes of a line, at most."""
_LEAST = 2
_FEWEST, _USUAL, _MOST = 6, 9, 12
"""Syllables of a line: what a refrain is kept within, and what it is best at."""
_RHYME = 1.5
"""What a rhyme is worth (nats a morpheme)."""
_LENGTH = 0.35
"""What each syllable costs (nats a morpheme) that a line is longer or shorter than it should be."""
_CUT = 3.0
"""What a line costs that came to no likely end."""
_AGAIN = 0.8
"""What each word costs (nats a morpheme) that is sung already: the room's usual lines would fill every verse."""
_LIKELY, _ROUGH = 0.4, 0.25
"""What it is worth that a line is likely (a nat a morpheme), with a share of its least likely morpheme beside that."""
_ABOUT = 0.9
"""What it is worth that a line is likelier after those before it than after none: it is about them (Li et al. 2016)."""
_PLAIN = -1.3
"""A mean log probability (nats a morpheme): what the voice finds as likely is Korean to it, and more is worth no more.

Else what the room says all the time would win.
"""
_OCCASIONS = ("생일", "축하", "새해", "크리스마스", "추석", "설날")
"""What is of one day in the year: a room greets so often then that it would in a song about noodles, too."""
_OFF = 3.0
"""What a line costs that is of such a day, where the song is not."""
_LONGEST_TITLE = 14


@dataclass(frozen=True, slots=True)
class Song:
    """A title, the refrain, and the verses, after each of which the refrain comes; the seed repeats it."""

    title: str
    refrain: tuple[str, ...]
    verses: tuple[tuple[str, ...], ...]
    seed: int

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is sung, in its order."""
        return tuple(line for verse in self.verses for line in (*verse, *self.refrain))


class _Line(NamedTuple):
    text: str
    ids: Ids


class _Wanted(NamedTuple):
    """What a line is to be: ``before`` it were these; it begins with a word, rhymes, and has so many syllables."""

    before: Sequence[_Line]
    sung: Sequence[str]
    word: str = ""
    partner: str = ""
    length: int = 0


class Songwriter:
    """One writer: a text network and the tokenizer it was trained with."""

    def __init__(
        self,
        network: NextPieces,
        tokenizer: Tokenizer,
        *held_back: VerbatimFilter | None,
        voice: NextPieces | None = None,
    ) -> None:
        """Take both, the filters of what must not be said word for word, and the voice that judges lines, if one does.

        It has the same pieces.
        """
        self._tokenizer = tokenizer
        self._voice = Decoder(voice, tokenizer) if voice else None
        self._guards = Guards(tokenizer, *held_back)
        self._decoder = Decoder(network, tokenizer)
        self._tails = frozenset(place for place, piece in enumerate(tokenizer.pieces) if not piece.startswith(BEGIN))
        """What goes on with a word: nothing does with a sign, such as an emoji that was typed alone."""

    def writing(
        self, word: str, lines: int, seed: int | None = None, *, refused: frozenset[str] = frozenset()
    ) -> Job[Song | None]:
        """Write a song of so many ``lines``, of :data:`FORMS`, whose refrain begins with ``word``.

        A seed is drawn where none is given. There is no song where everything is held back: by a filter, or because it
        would repeat one of the ``refused`` lines.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        seed = seed_or_any(seed)
        word, guard = normalise(word), self._guards.of(refused)
        if not word:
            raise ValueError("nothing visible was typed")
        in_verse, in_refrain = FORMS[lines]
        refrain = yield from self._refrain(word, in_refrain, guard, seed)
        if len(refrain) < in_refrain:
            return None
        song = Song(_title(word, refrain[0]), refrain, (), seed)
        for beginning in ("", word):
            verse = yield from self.adding(song, in_verse, beginning, refused=refused)
            song = Song(song.title, refrain, (*song.verses, verse), seed)
        return song if all(song.verses) else None

    def adding(
        self, song: Song, lines: int, beginning: str = "", *, refused: frozenset[str] = frozenset()
    ) -> Job[tuple[str, ...]]:
        """Return another verse of so many lines, none of which is sung in ``song`` yet; none where all is held back.

        Its first line begins with ``beginning``.
        """
        guard, number = self._guards.of(refused), len(song.verses) + 1
        before = [self._read(song.refrain[0])]  # which has the word: a verse is about that
        length = syllables(song.refrain[0])
        verse = list[str]()
        for place in range(lines):
            partner = verse[-1] if place % 2 else ("" if lines > 1 else song.refrain[-1])
            wanted = _Wanted(before, (*song.lines, *song.refrain, *verse), "" if verse else beginning, partner, length)
            line = yield from self._line(wanted, guard, (song.seed, number, place))
            if line is None:
                return ()
            verse.append(line.text)
            before.append(line)
        return tuple(verse)

    def _refrain(self, word: str, lines: int, guard: Guard, seed: int) -> Job[tuple[str, ...]]:
        """Return the refrain, or less of it where the rest is held back."""
        refrain = list[_Line]()
        for place in range(lines):
            sung = [line.text for line in refrain]
            partner, length = (sung[-1], syllables(sung[0])) if sung else ("", 0)
            wanted = _Wanted(refrain, sung, "" if sung else word, partner, length)
            line = yield from self._line(wanted, guard, (seed, 0, place))
            if line is None:
                break
            refrain.append(line)
        return tuple(line.text for line in refrain)

    def _line(self, wanted: _Wanted, guard: Guard, seed: tuple[int, ...]) -> Job[_Line | None]:
        """Return the draw that is worth most; None where none is a line at all."""
        beginning = self._beginning(wanted)
        tails = frozenset[int]() if Spelling.of(wanted.word).letters or not wanted.word else self._tails
        aim = Aim(_LONGEST, _TEMPERATURE, guard, True, _LEAST, not_first=tails, only_words=True)
        rngs = [np.random.default_rng((*seed, number)) for number in range(_DRAWS)]
        draws = yield from self._decoder.draws(beginning, aim, rngs, only_whole=True)
        sung = {Spelling.of(line).letters for line in wanted.sung}
        lines = [draw for draw in draws if _is_line(draw, sung)]
        if not lines:
            return None
        alone, plain = self._alone(lines, wanted), self._plain(lines, wanted)
        worth = [_worth(*each, wanted) for each in zip(lines, alone, plain, strict=True)]
        best = lines[int(np.argmax(worth))]
        return _Line(best.now.text.strip(), best.row[len(_context(wanted.before)) :])

    def _alone(self, draws: Sequence[Draw], wanted: _Wanted) -> list[float]:
        """Return how likely each line is (nats a morpheme) with no line before it; nothing where there is none."""
        if not wanted.before:
            return [0.0 for _ in draws]
        start = len(_context(wanted.before))
        return self._decoder.scores([(START, *draw.row[start:], END) for draw in draws])

    def _plain(self, draws: Sequence[Draw], wanted: _Wanted) -> list[float]:
        """Return how much of a sentence each line is to the voice (nats a morpheme); nothing where there is none."""
        if self._voice is None:
            return [0.0 for _ in draws]
        start = len(_context(wanted.before))
        return [min(score, _PLAIN) for score in self._voice.scores([(START, *draw.row[start:], END) for draw in draws])]

    def _beginning(self, wanted: _Wanted) -> Beginning:
        typed = self._tokenizer.split(wanted.word)
        row = (*_context(wanted.before), *(index for piece in typed for index in piece.ids))
        # What is somebody's must not come out in two lines either.
        said = Spelling.of(" ".join(line.text for line in wanted.before))
        return Beginning(row, wanted.word, typed[-1].text if typed else "", said)

    def _read(self, line: str) -> _Line:
        return _Line(line, tuple(self._tokenizer.encode(line)))


def _context(before: Sequence[_Line]) -> Ids:
    """Return what the network reads before a line: the start mark, and the last lines with their end marks."""
    last = before[len(before) - STANZA + 1 :] if len(before) >= STANZA else before
    return (START, *(index for line in last for index in (*line.ids, END)))


def _is_line(draw: Draw, sung: set[str]) -> bool:
    """Say whether a draw can be sung: something after what was typed, and no line that was sung already."""
    return bool(draw.pieces) and draw.now.line.letters not in sung


def _worth(draw: Draw, alone: float, plain: float, wanted: _Wanted) -> float:
    """Return what a line is worth (nats a morpheme): how likely it is here, how it rhymes, whether it is as long."""
    text = draw.now.text.strip()
    count = syllables(text)
    off = abs(count - wanted.length) if wanted.length else abs(count - min(max(count, _FEWEST), _MOST)) * 2
    words, own = {word for line in wanted.sung for word in line.split()}, text.split()
    again = sum(word in words for word in own) + len(own) - len({*own})
    likely = _LIKELY * (draw.score + _ROUGH * min(draw.log_probs, default=0.0)) + plain
    about = _ABOUT * (draw.score - alone) if wanted.before else 0.0
    return (
        likely
        + about
        - _AGAIN * again
        + _RHYME * rhyme(text, wanted.partner)
        - _LENGTH * off
        - _CUT * (not draw.is_whole)
        - _OFF * _is_off(text, wanted)
    )


def _is_off(text: str, wanted: _Wanted) -> bool:
    """Say whether a line is of a day in the year, where neither the word nor the refrain is."""
    subject = wanted.before[0].text if wanted.before else wanted.word
    return any(day in text for day in _OCCASIONS) and not any(day in subject for day in _OCCASIONS)


def _title(word: str, refrain: str) -> str:
    """Return the first line of the refrain, where that is short: it is how songs are called."""
    return refrain if len(refrain) <= _LONGEST_TITLE else word


def open_songwriter(
    bundle: Bundle,
    tokenizer: Tokenizer,
    verbatim: VerbatimFilter | None,
    provider: Provider = "auto",
    voice: NextPieces | None = None,
) -> Songwriter | None:
    """Open the bundle's writer of songs, or return None where it has none.

    Beside the filter of the words it has one of its own, of all lines that it learnt from. The ``voice`` judges them.

    Raises:
        BundleError: its graph or its filter cannot be opened, or it has another vocabulary than the voice.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.SONG).values():
        own = VerbatimFilter.open(bundle.path(model.verbatim)) if model.verbatim else None
        network = open_network(bundle, model, tokenizer, provider, open_later)
        return Songwriter(network, tokenizer, verbatim, own, voice=voice)
    return None
