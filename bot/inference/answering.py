"""Answers a message in the group's voice: gathers candidates and picks one. Knows nothing of ONNX or Discord."""

import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.bundle import BEGIN, Piece, Tokenizer, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.speaker import SEEDS, Speaker

_MOST_CUES = 3
_DRAWS = 3
"""Draws from each cue."""
_CHOICE = 0.5
"""How boldly one of the candidates is chosen: the temperature of a softmax of their scores."""
_LONGEST_NAME = 12
"""Letters: a longer one is hardly what somebody is called."""


class Candidate(NamedTuple):
    """A text that may be said, and how likely the voice finds it: nats a piece."""

    text: str
    score: float


class Answerer:
    """Answers in the voice of one bundle."""

    def __init__(self, speaker: Speaker, tokenizer: Tokenizer) -> None:
        """Take the voice and its vocabulary."""
        self._speaker = speaker
        self._tokenizer = tokenizer

    def answer(  # noqa: PLR0913 - what an answer hangs on, each by its name
        self,
        message: str,
        name: str,
        temperature: float,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
        may_be_silent: bool = False,
    ) -> str | None:
        """Return an answer to ``message`` of somebody called ``name``, or None where nothing can be said.

        Nothing that was ``refused``, nor what the voice's filter holds back, comes out.
        """
        del may_be_silent
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        rng = np.random.default_rng(seed)
        drawn = self._drawn(cues(message, name, self._tokenizer), temperature, rng, refused)
        said = Spelling.of(message).letters
        others = [candidate for candidate in drawn if Spelling.of(candidate.text).letters != said]
        if not others:
            return None
        scores = np.array([candidate.score for candidate in others])
        weights = np.exp((scores - scores.max()) / _CHOICE)
        return others[int(rng.choice(len(others), p=weights / weights.sum()))].text

    def _drawn(
        self, starts: Sequence[str], temperature: float, rng: np.random.Generator, refused: frozenset[str]
    ) -> Iterator[Candidate]:
        """Yield what the voice goes on with from each of ``starts``; nothing where all of that is held back."""
        for start, seed in zip(starts, rng.integers(0, SEEDS, len(starts)), strict=True):
            draws = self._speaker.draw(start, None, temperature, int(seed), count=_DRAWS, refused=refused)
            yield from (Candidate(draw.text, draw.score) for draw in draws if draw.pieces)


def cues(message: str, name: str, tokenizer: Tokenizer) -> list[str]:
    """Return what an answer may go on from: the rarest words of the message that the group says, or else the name."""
    words = {piece.text.removeprefix(BEGIN): piece for piece in tokenizer.split(message) if _is_word(piece)}
    rarest = sorted(words, key=lambda text: tokenizer.count_of(words[text].text))[:_MOST_CUES]
    if rarest:
        return rarest
    called = normalise(name)
    is_known = 0 < len(called) <= _LONGEST_NAME and all(piece.is_known for piece in tokenizer.split(called))
    return [called] if is_known else []


def _is_word(piece: Piece) -> bool:
    """Say whether a piece begins a word that the group says; a sign or an emoji alone is none."""
    return piece.is_known and piece.text.startswith(BEGIN) and bool(Spelling.of(piece.text[1:]).letters)
