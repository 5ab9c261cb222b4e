"""Continues a typed word in the group's voice, by exactly so many pieces. Knows nothing of ONNX or Discord."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, END, SPECIALS, START, UNKNOWN, Piece, Tokenizer, VerbatimFilter, normalise
from bot.inference.sampling import next_piece

SEEDS = 2**32
"""A seed is a whole number below this."""


class NextPieceLogits(Protocol):
    """What a speaker needs of a text network."""

    def logits(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the logits ``[batch, vocab]`` of the piece after each row of ``ids[batch, time]``."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """The whole text; the further pieces, marked; the seed that repeats it; what was typed and never seen."""

    text: str
    pieces: tuple[str, ...]
    seed: int
    unknown: tuple[str, ...]


class Speaker:
    """One voice: a text network and the tokenizer it was trained with.

    With a filter of what was said only once, it turns aside before it would repeat that word for word.
    """

    def __init__(self, network: NextPieceLogits, tokenizer: Tokenizer, verbatim: VerbatimFilter | None = None) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._verbatim = verbatim
        self._begins = np.array([piece.startswith(BEGIN) for piece in tokenizer.pieces])

    def say(self, word: str, n: int, temperature: float = 0.0, seed: int | None = None) -> Utterance:
        """Continue ``word`` by exactly ``n`` pieces; a seed is drawn where none is given.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        typed = normalise(word)
        if not typed:
            raise ValueError("nothing visible was typed")
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        start = self._tokenizer.split(typed)
        further = self._further(start, n, temperature, np.random.default_rng(seed))
        pieces = tuple(self._tokenizer.pieces[index] for index in further)
        text = typed + "".join(pieces).replace(BEGIN, " ")
        unknown = tuple(piece.text.removeprefix(BEGIN) for piece in start if piece.id == UNKNOWN)
        return Utterance(text, pieces, seed, unknown)

    def _further(self, start: list[Piece], n: int, temperature: float, generator: np.random.Generator) -> list[int]:
        row = [START, *(piece.id for piece in start)]
        known = len(row)
        for _ in range(n):
            logits = self._network.logits(np.array([row], dtype=np.int64))[0]
            row.append(self._next(row[1:], self._on_from_an_end(logits), temperature, generator))
        return row[known:]

    def _on_from_an_end(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where the sentence would end but must go on, let a new word begin, not a tail be glued to the last one."""
        if logits[END] < logits[len(SPECIALS) :].max() or not self._begins.any():
            return logits
        return np.where(self._begins, logits, -np.inf).astype(np.float32)

    def _next(
        self, said: Sequence[int], logits: NDArray[np.float32], temperature: float, generator: np.random.Generator
    ) -> int:
        chosen = next_piece(logits, temperature, generator)
        if self._verbatim is None or not self._verbatim.completes(said, chosen):
            return chosen
        others = logits.copy()
        for _ in range(np.isfinite(others[len(SPECIALS) :]).sum() - 1):
            others[chosen] = -np.inf
            chosen = next_piece(others, temperature, generator)
            if not self._verbatim.completes(said, chosen):
                break
        return chosen
