"""Answers a message in the group's voice: gathers candidates and picks one. Knows nothing of ONNX or Discord."""

import secrets
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from bot.bundle import BEGIN, SPECIALS, Piece, Tokenizer, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.speaker import SEEDS, Speaker

_MOST_CUES = 3
_DRAWS = 3
"""Draws from each cue."""
_LENGTHS = (3, 7)
"""The fewest and the most pieces that the voice adds to a cue."""
_LONGEST_NAME = 12
"""Letters: a longer one is hardly what somebody is called."""


class Candidate(NamedTuple):
    """A text that may be said, and what it goes on from."""

    text: str
    cue: str


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
        return next((candidate.text for candidate in drawn if Spelling.of(candidate.text).letters != said), None)

    def _drawn(
        self, starts: Sequence[str], temperature: float, rng: np.random.Generator, refused: frozenset[str]
    ) -> Iterator[Candidate]:
        """Yield what the voice goes on with from each of ``starts``; nothing where all of that is held back."""
        for start in starts:
            for seed in rng.integers(0, SEEDS, _DRAWS):
                n = int(rng.integers(_LENGTHS[0], _LENGTHS[1], endpoint=True))
                utterance = self._speaker.say(start, n, temperature, int(seed), refused=refused)
                if utterance.pieces:
                    yield Candidate(utterance.text, start)


def cues(message: str, name: str, tokenizer: Tokenizer) -> list[str]:
    """Return what an answer may go on from: the rarest words of the message that the group says, then the name."""
    pieces = {piece.text.removeprefix(BEGIN): piece.id for piece in tokenizer.split(message) if _is_word(piece)}
    rarest = sorted(pieces, key=lambda text: tokenizer.counts[pieces[text]])[:_MOST_CUES]
    called = normalise(name)
    is_known = 0 < len(called) <= _LONGEST_NAME and all(piece.id >= len(SPECIALS) for piece in tokenizer.split(called))
    return [*rarest, *([called] if is_known else [])]


def _is_word(piece: Piece) -> bool:
    """Say whether a piece begins a word that the group says; a sign or an emoji alone is none."""
    return piece.id >= len(SPECIALS) and piece.text.startswith(BEGIN) and bool(Spelling.of(piece.text[1:]).letters)
