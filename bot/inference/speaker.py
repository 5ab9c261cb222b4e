"""Continues a typed word in the group's voice, by so many pieces. Knows nothing of ONNX or Discord."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import BEGIN, END, SPECIALS, START, UNKNOWN, Tokenizer, VerbatimFilter, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.refusals import Refusals, Refused
from bot.inference.sampling import next_piece

SEEDS = 2**32
"""A seed is a whole number below this."""

_MOST_TRIES = 300
"""Pieces tried before an answer ends early, because each would repeat somebody's words."""


class NextPieceLogits(Protocol):
    """What a speaker needs of a text network."""

    def logits(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the logits ``[batch, vocab]`` of the piece after each row of ``ids[batch, time]``."""


_Filters = Sequence[VerbatimFilter | Refused]


@dataclass(frozen=True, slots=True)
class Utterance:
    """The whole text; the further pieces, marked; the seed that repeats it; what was typed and never seen."""

    text: str
    pieces: tuple[str, ...]
    seed: int
    unknown: tuple[str, ...]


class Speaker:
    """One voice: a text network and the tokenizer it was trained with.

    With a filter of what is somebody's own, it turns aside before it would repeat that word for word.
    """

    def __init__(self, network: NextPieceLogits, tokenizer: Tokenizer, verbatim: VerbatimFilter | None = None) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._verbatim = verbatim
        self._refusals = Refusals(tokenizer)
        self._begins = np.array([piece.startswith(BEGIN) for piece in tokenizer.pieces])
        self._spellings = [Spelling.of(piece.removeprefix(BEGIN)) for piece in tokenizer.pieces]

    def say(
        self,
        word: str,
        n: int,
        temperature: float = 0.0,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
    ) -> Utterance:
        """Continue ``word`` by exactly ``n`` pieces; a seed is drawn where none is given.

        There are fewer only where everything that is likely at all is held back: by the filter, or because it would
        repeat one of the ``refused`` lines, whole or by a run of its pieces.

        Raises:
            ValueError: nothing visible is left of ``word``.
        """
        typed = normalise(word)
        if not typed:
            raise ValueError("nothing visible was typed")
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        start = self._tokenizer.split(typed)
        row = [START, *(piece.id for piece in start)]
        candidates = (self._verbatim, self._refusals.of(refused) if refused else None)
        filters = [verbatim_filter for verbatim_filter in candidates if verbatim_filter is not None]
        further = self._further(row, typed, n, temperature, np.random.default_rng(seed), filters)
        pieces = tuple(self._tokenizer.pieces[index] for index in further)
        text = typed + "".join(pieces).replace(BEGIN, " ")
        unknown = tuple(piece.text.removeprefix(BEGIN) for piece in start if piece.id == UNKNOWN)
        return Utterance(text, pieces, seed, unknown)

    def _further(  # noqa: PLR0913, PLR0917 - what say was asked
        self,
        row: list[int],
        typed: str,
        n: int,
        temperature: float,
        rng: np.random.Generator,
        filters: _Filters,
    ) -> list[int]:
        """Return the ids that follow those of ``row``, which was ``typed``."""
        spellings, further = [Spelling.of(typed)], list[int]()
        for left in range(n, 0, -1):
            logits = self._network.logits(np.array([row + further], dtype=np.int64))[0]
            chosen = self._next(spellings[-1], logits, temperature, rng, filters, is_last=left == 1)
            if chosen is None:
                return further[: _end_of_nobodys(spellings, filters)]
            further.append(chosen)
            spellings.append(spellings[-1].then(self._spellings[chosen]))
        return further

    def _with_a_new_word_after_an_end(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        """Force a word-initial piece where the sentence would end but must go on: no tail is glued to the last word."""
        if logits[END] < logits[len(SPECIALS) :].max() or not self._begins.any():
            return logits
        return np.where(self._begins, logits, -np.inf).astype(np.float32)

    def _next(  # noqa: PLR0913 - as above
        self,
        spelling: Spelling,
        logits: NDArray[np.float32],
        temperature: float,
        rng: np.random.Generator,
        filters: _Filters,
        *,
        is_last: bool,
    ) -> int | None:
        """Choose a piece that repeats nobody, or None if none is likely."""
        for rest in (self._with_a_new_word_after_an_end(logits).copy(), logits.copy()):
            for _ in range(min(_MOST_TRIES, np.isfinite(rest[len(SPECIALS) :]).sum())):
                chosen = next_piece(rest, temperature, rng)
                if not _repeats(spelling, self._spellings[chosen], filters, is_last=is_last):
                    return chosen
                rest[chosen] = -np.inf
        return None


def _repeats(spelling: Spelling, piece: Spelling, filters: _Filters, *, is_last: bool) -> bool:
    """Say whether a piece would make of what was said what must not come out."""
    return any(
        verbatim_filter.ends_passage(spelling, piece) or (is_last and verbatim_filter.is_message(spelling.then(piece)))
        for verbatim_filter in filters
    )


def _end_of_nobodys(spellings: Sequence[Spelling], filters: _Filters) -> int:
    """Return after how many pieces an answer that must end early is no message that is held back."""
    ends = range(len(spellings) - 1, 0, -1)
    return next(
        (end for end in ends if not any(verbatim_filter.is_message(spellings[end]) for verbatim_filter in filters)), 0
    )
