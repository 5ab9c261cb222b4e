"""A draw: one sentence on its way, morpheme by morpheme. Knows no network and no vocabulary."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from bot.bundle import BEGIN
from bot.bundle.verbatim import Spelling
from bot.inference.pieces import Ids, joined, sign_of

LIKELY_END = math.log(0.3)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a sentence goes on from: what the network reads, the line as it is seen, and all that was said before it."""

    row: tuple[int, ...]
    line: str
    last: str
    before: Spelling


class Choice(NamedTuple):
    """A morpheme that may come next: its ids, and what the network thinks of them together (nats)."""

    ids: Ids
    log_prob: float


@dataclass(frozen=True, slots=True)
class Step:
    """Where a sentence is after a piece.

    ``run``: so many pieces of one sign are at the end; ``count``: so many morphemes have come, a run being one;
    ``said`` is all there is, ``line`` this line alone.
    """

    text: str
    last: str
    run: int
    count: int
    said: Spelling
    line: Spelling


class Draw:
    """A sentence that goes on from a beginning, and what the network thought of each morpheme (nats)."""

    def __init__(self, beginning: Beginning, rng: np.random.Generator) -> None:
        self.beginning, self.rng = beginning, rng
        self.pieces, self.choices = list[str](), list[Choice]()
        line = Spelling.of(beginning.line)
        self.steps = [Step(beginning.line, beginning.last, 1, 0, beginning.before.then(line), line)]
        self.end_log_prob = -math.inf
        self.is_over = self.was_cut = self.is_quoted = False
        self.overran = False
        """Somewhere the sentence most likely would have ended, and went on."""
        self.least = -math.inf
        """Log probability (nats) of a morpheme below which the draw is given up; where there is one, also at an end."""
        self.is_given_up = False

    @property
    def now(self) -> Step:
        """Where it is."""
        return self.steps[-1]

    @property
    def row(self) -> Ids:
        """What the network reads of it."""
        return (*self.beginning.row, *chain.from_iterable(choice.ids for choice in self.choices))

    @property
    def log_probs(self) -> list[float]:
        """What the network thought of each morpheme (nats), and of the end where it came to one; of a quote nothing."""
        if self.is_quoted:
            return []
        ends = [self.end_log_prob] if self.end_log_prob > -math.inf else []
        return [*(choice.log_prob for choice in self.choices), *ends]

    @property
    def is_whole(self) -> bool:
        """Whether it came to an end that is likely, and had not to go on past one."""
        return self.end_log_prob > LIKELY_END and not self.overran

    @property
    def score(self) -> float:
        """The mean log probability (nats) of a morpheme, that of the end among them where it came to one."""
        return sum(self.log_probs) / max(len(self.log_probs), 1)

    @property
    def likelihood(self) -> float:
        """All log probabilities (nats) over the root of their number: by their mean alone many would be as good as few.

        A length penalty, as beam searches have one: Wu et al. 2016, arXiv:1609.08144.
        """
        return sum(self.log_probs) / math.sqrt(max(len(self.log_probs), 1))

    @property
    def smoothness(self) -> float:
        """The score (nats), less where a single morpheme is far less likely than the others."""
        return self.score + min(self.log_probs, default=0.0) / 8

    def take(self, choice: Choice, piece: str, spelling: Spelling) -> None:
        """Go on with a morpheme, whose text and spelling are given."""
        now, joins = self.now, _joins(piece, self.now.last)
        self.pieces.append(piece)
        self.choices.append(choice)
        run, count = (now.run + 1, now.count) if joins else (1, now.count + 1)
        said, line = now.said.then(spelling), now.line.then(spelling)
        self.steps.append(Step(now.text + joined([piece]), piece, run, count, said, line))

    def overrun(self) -> None:
        """Go on past an end that is likely."""
        self.overran = True
        self.is_given_up = self.least > -math.inf

    def end(self, log_prob: float) -> None:
        """End here."""
        self.end_log_prob = log_prob
        self.is_over = True

    def cut(self, pieces: int) -> None:
        """End before its time, after so many pieces."""
        del self.pieces[pieces:], self.choices[pieces:]
        del self.steps[pieces + 1 :]
        self.is_over = self.was_cut = True

    def morphemes(self) -> tuple[str, ...]:
        """Return what came after the beginning, each run of one sign as one; what only joins the beginning is none."""
        morphemes = [""] * (self.now.count + 1)
        for piece, step in zip(self.pieces, self.steps[1:], strict=True):
            morphemes[step.count] += piece
        return tuple(morphemes[1:])


def morphemes_of(pieces: Sequence[str]) -> list[str]:
    """Return the morphemes of a line, each run of one sign as one."""
    morphemes: list[str] = []
    for last, piece in pairwise(["", *pieces]):
        if morphemes and _joins(piece, last):
            morphemes[-1] += piece
        else:
            morphemes.append(piece)
    return morphemes


def _joins(piece: str, last: str) -> bool:
    """Say whether a piece goes on with a run of one sign, and so is no morpheme of its own."""
    return not piece.startswith(BEGIN) and sign_of(piece) == sign_of(last) != ""
