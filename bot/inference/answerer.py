"""Answers a message in the group's voice: gathers candidates and picks one. Knows nothing of ONNX or Discord.

A bundle with a picker answers by it: with a line that several people of the room say, if one fits surely, else with
what the voice goes on with from a word of the message or the name of who asks. Without one the voice alone answers.
"""

import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import numpy as np

from bot.bundle import BEGIN, Piece, Tokenizer, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.batching import Job, together
from bot.inference.lines import echoes
from bot.inference.picker import Picker
from bot.inference.seeds import SEEDS, seed_or_any
from bot.inference.speaker import Speaker

_MOST_CUES = 3
_DRAWS = 5
"""Draws from each cue."""
_CHOICE, _AGAIN = 0.5, 4.0
"""How boldly one of the candidates is chosen, at first and when another is asked for: the temperature of a softmax."""
_VOICE = 0.5
"""What a nat a piece of the voice's own score weighs beside the picker's."""
_LONGEST_NAME = 12
"""Letters: a longer one is hardly what somebody is called."""
_LIKELY = 0.53
"""Of the nats that held-out messages cost the voice a piece, what its own answers may: above it most were broken."""
_NO_CUES = frozenset("것거게걸수때데줄중뿐적편안못좀더또잘다왜뭐이그저나너내네")
"""Words that hang on others, or stand for them: who goes on from one says nothing about the message."""

_HANGUL = re.compile("[가-힣]")


class Kind(StrEnum):
    """Where an answer comes from."""

    LINE = "line"
    """Several people of the room say it."""
    VOICE = "voice"
    """The text network made it up."""


class Answer(NamedTuple):
    """A text that may be said, where it comes from, and how good it is; higher is better.

    ``own`` is what of the text is not taken from the message.
    """

    text: str
    kind: Kind
    score: float
    own: str


class Answerer:
    """Answers in the voice of one bundle."""

    def __init__(
        self, speaker: Speaker, tokenizer: Tokenizer, picker: Picker | None = None, least: float = -math.inf
    ) -> None:
        """Take the voice, its vocabulary, the picker if there is one, and the bar for what the voice makes up.

        ``least`` is in nats a morpheme and of the end, together; see :func:`least_likely`.
        """
        self._speaker = speaker
        self._tokenizer = tokenizer
        self._picker = picker
        self._least = least

    def answering(  # noqa: PLR0913 - what an answer hangs on, each by its name
        self,
        message: str,
        name: str,
        temperature: float,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
        may_be_silent: bool = False,
        previous: str = "",
    ) -> Job[Answer | None]:
        """Return an answer to ``message`` of somebody called ``name``, or None where nothing can be said.

        Nothing that was ``refused``, nor what the voice's filter holds back, comes out, nor the words of the message
        again. Where the answer ``may_be_silent``, there is none either if the picker finds no candidate better than
        every second wrong one. After a ``previous`` answer comes another, and more boldly.
        """
        rng = np.random.default_rng(seed_or_any(seed))
        said = Spelling.of(message)
        sure = [line for line in self._sure_lines(message, refused) if not echoes(line.own, said)]
        if sure and not previous:
            return _one_of(sure, rng, _CHOICE)
        drawn = yield from self._drawn(message, name, temperature, rng, refused)
        drawn = [each for each in drawn if not echoes(each.own, said)]
        picked = self._picked(message, drawn, may_be_silent=may_be_silent)
        if not previous:
            return _one_of(picked, rng, _CHOICE)
        others = [each for each in (*sure, *picked) if not _sound_alike(each.text, previous)]
        return _one_of(others, rng, _AGAIN)

    @property
    def can_be_sure(self) -> bool:
        """Whether a line can be found to answer surely: there are lines, and a picker for them."""
        return self._picker is not None and bool(self._picker.lines)

    def sure_line(
        self, message: str, seed: int | None = None, *, refused: frozenset[str] = frozenset()
    ) -> Answer | None:
        """Return a line that most surely answers ``message``, or None; nothing is made up."""
        rng, said = np.random.default_rng(seed_or_any(seed)), Spelling.of(message)
        surest = self._picker.thresholds.surest if self._picker else math.inf
        sure = [line for line in self._sure_lines(message, refused) if line.score >= surest]
        lines = [line for line in sure if not echoes(line.own, said)]
        return _one_of(lines, rng, _CHOICE)

    def _drawn(
        self, message: str, name: str, temperature: float, rng: np.random.Generator, refused: frozenset[str]
    ) -> Job[list[Answer]]:
        """Return what the voice goes on with from each cue; nothing where all of that is held back or hardly likely."""
        starts = cues(message, name, self._tokenizer)
        seeds = rng.integers(0, SEEDS, len(starts)).tolist()
        drawing = partial(self._speaker.drawing, count=_DRAWS, refused=refused)
        drawn = yield from together(
            [drawing(start, None, temperature, seed) for start, seed in zip(starts, seeds, strict=True)]
        )
        return [
            Answer(draw.text, Kind.VOICE, _VOICE * draw.score, own)
            for start, draws in zip(starts, drawn, strict=True)
            for draw in draws
            if (own := draw.text.removeprefix(start).strip())
            and draw.score + draw.end >= self._least
            and not _goes_on_as(message, start, own)
        ]

    def _sure_lines(self, message: str, refused: frozenset[str]) -> list[Answer]:
        """Return the lines that surely answer a message; none where the room has never said one of its words."""
        if self._picker is None or _has_strange_words(message, self._tokenizer):
            return []
        if (scores := self._picker.placed_scores(message)) is None:
            return []
        scored = zip(self._picker.lines, scores.tolist(), strict=True)
        sure = self._picker.thresholds.sure
        lines = [Answer(line, Kind.LINE, score, line) for line, score in scored if score >= sure]
        return [line for line in lines if self._speaker.may_say(line.text, refused)]

    def _picked(self, message: str, drawn: Sequence[Answer], *, may_be_silent: bool) -> list[Answer]:
        """Return candidates with the picker's score and the voice's together; none where it finds all too bad."""
        texts = [answer.own for answer in drawn]
        if self._picker is None or (scores := self._picker.scores(message, texts)) is None:
            return list(drawn)
        if may_be_silent and scores.max() < self._picker.thresholds.silent:
            return []
        both = zip(drawn, scores.tolist(), strict=True)
        return [answer._replace(score=answer.score + score) for answer, score in both]


def cues(message: str, name: str, tokenizer: Tokenizer) -> list[str]:
    """Return what an answer may go on from: the rarest words of the message that the group says, or else the name."""
    words = {piece.text.removeprefix(BEGIN): piece for piece in tokenizer.split(message) if _is_word(piece)}
    for word in words.keys() & _NO_CUES:
        del words[word]
    rarest = sorted(words, key=lambda text: tokenizer.count_of(words[text].text))[:_MOST_CUES]
    if rarest:
        return rarest
    called = normalise(name)
    is_known = 0 < len(called) <= _LONGEST_NAME and all(piece.is_known for piece in tokenizer.split(called))
    return [called] if is_known else []


def least_likely(metrics: Mapping[str, float]) -> float:
    """Return the bar for what a voice makes up, by its ``metrics`` in a bundle: the better it is, the higher.

    It is in nats a morpheme and of the end, together.
    """
    perplexity = metrics.get("perplexity", math.inf)
    return -_LIKELY * math.log(perplexity) if perplexity > 1 else -math.inf


def _has_strange_words(message: str, tokenizer: Tokenizer) -> bool:
    """Say whether a word of Hangul in a message is one that the room never says: what its lines answer is another."""
    begun = (piece for piece in tokenizer.split(message) if piece.text.startswith(BEGIN) and not piece.is_known)
    return any(_HANGUL.search(piece.text) for piece in begun)


def _is_word(piece: Piece) -> bool:
    """Say whether a piece begins a word that the group says; a sign or an emoji alone is none."""
    return piece.is_known and piece.text.startswith(BEGIN) and bool(Spelling.of(piece.text[1:]).letters)


def _goes_on_as(message: str, start: str, own: str) -> bool:
    """Say whether an answer goes on from its beginning as the message did, or begins with it again.

    To 여행 가자 that is 여행 가고 있어: a stem of one syllable with another ending is the same word.
    """
    opening, following = Spelling.of(start).letters, Spelling.of(own).letters
    after = Spelling.of(message).letters.partition(opening)[2][:1]
    return any(again and following.startswith(again) for again in (opening, after))


def _sound_alike(text: str, other: str) -> bool:
    first, second = Spelling.of(text), Spelling.of(other)
    return first.letters == second.letters if first.letters else first.signs == second.signs


def _one_of(answers: Sequence[Answer], rng: np.random.Generator, temperature: float) -> Answer | None:
    """Draw one of the answers, the better the more likely: by a softmax of their scores."""
    if not answers:
        return None
    scores = np.array([answer.score for answer in answers])
    weights = np.exp((scores - scores.max()) / temperature)
    return answers[int(rng.choice(len(answers), p=weights / weights.sum()))]
