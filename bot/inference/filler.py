"""Fills the gaps of a typed line with morphemes that go with what stands on both sides. Knows nothing of Discord.

The gaps are filled from the left, each by up to ``LONGEST`` morphemes: drawn one by one, until the network says that
the gap is full. What would make somebody's words of the whole line is not said, as by the speaker.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.bundle import (
    END,
    START,
    UNKNOWN,
    Bundle,
    Role,
    Tokenizer,
    VerbatimFilter,
    fill_signature,
)
from bot.bundle.verbatim import Spelling
from bot.inference.batching import Job, Question
from bot.inference.particles import fits
from bot.inference.pieces import Mask, joined, pieces_of
from bot.inference.refusals import Guard, Guards, Refused
from bot.inference.sampling import TOP_P
from bot.inference.seeds import seed_or_any
from bot.inference.session import Graph, Provider, open_promised

LONGEST = 3
"""Morphemes that may fill one gap."""
_DRAWS = 24
"""Fillings that are tried, because each may be held back."""
_CHOICE = 3
"""Of so many that may be said the likeliest is."""
_FURTHER = 0.7
"""Nats that each further morpheme in a gap costs: most people leave out one."""
_TRIAL_LENGTH = 5
NETWORK_WEIGHT = "gap_network_weight"
"""In the metrics of a network for gaps: what it weighs beside the room's shared phrases; without it, all."""

Logits = NDArray[np.float32]
_NOTHING = Spelling("", "")
_NO_HANGUL = re.compile("[^가-힣]")


class GapLogits(Protocol):
    """What a filler needs of a network."""

    def logits(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Logits:
        """Return the logits ``[batch, vocab]`` of what follows each row of ``left`` in a gap before ``right``."""


class PiecesBetween(Protocol):
    """What tells of phrases that the room shares how well each piece goes between two others."""

    def between(self, left: Sequence[int], right: Sequence[int]) -> NDArray[np.float64]:
        """Return the log probabilities (nats) float64[vocab] of each piece after ``left``, and ``right`` after it."""


@dataclass(frozen=True, slots=True)
class SharedPhrases:
    """The room's shared phrases, and what the network weighs (0 to 1) beside them."""

    table: PiecesBetween
    weight: float

    def beside(self, log_probs: NDArray[np.float64], left: Sequence[int], right: Sequence[int]) -> NDArray[np.float64]:
        """Return the log probabilities (nats) [vocab] of both together; what the network holds impossible stays so."""
        scores = np.where(np.isfinite(log_probs), self.table.between(left, right), -np.inf)
        scores -= np.logaddexp.reduce(scores)
        both: NDArray[np.float64] = np.logaddexp(np.log(self.weight) + log_probs, np.log(1 - self.weight) + scores)
        return both


@dataclass(frozen=True, slots=True)
class FilledLine:
    """The whole line, and the seed that repeats it."""

    text: str
    seed: int


class _Filling(NamedTuple):
    """The pieces that may fill a gap, and their log probability."""

    ids: tuple[int, ...]
    log_probability: float


class _Gap(NamedTuple):
    """A gap between texts: what stands ``before`` it, ``after`` it up to the next gap, and after that ``further``."""

    before: str
    after: str
    further: tuple[str, ...]


class _Row(NamedTuple):
    """What the network reads on both sides of a place in a gap."""

    left: tuple[int, ...]
    right: tuple[int, ...]


class Filler:
    """Fills gaps with the pieces of one tokenizer, by a network that was trained with it."""

    def __init__(
        self,
        network: GapLogits,
        tokenizer: Tokenizer,
        verbatim: VerbatimFilter | None = None,
        phrases: SharedPhrases | None = None,
    ) -> None:
        """Take the network, its tokenizer, and what is beside them: a filter, and phrases that the room shares."""
        self._network = network
        self._phrases = phrases
        self._tokenizer = tokenizer
        self._guards = Guards(tokenizer, verbatim)
        self._pieces = pieces_of(tokenizer)
        self._whole: Mask = np.zeros(len(tokenizer), dtype=np.bool_)
        self._whole[tokenizer.wholes] = True

    def filling(
        self,
        around: Sequence[str],
        temperature: float = 0.0,
        seed: int | None = None,
        *,
        refused: frozenset[str] = frozenset(),
    ) -> Job[FilledLine | None]:
        """Fill the gaps between the texts ``around`` them; a seed is drawn where none is given.

        A gap that is a word of its own has a space, or an end of the line, at either side. There is no line where
        everything likely is held back: by the filter, or because it would be one of the ``refused`` lines.
        """
        seed = seed_or_any(seed)
        rng = np.random.default_rng(seed)
        guard = _TypedGuard(self._guards.of(refused), "".join(around))
        text = around[0]
        for after, *further in (around[at:] for at in range(1, len(around))):
            filling = yield from self._filling(_Gap(text, after, tuple(further)), temperature, rng, guard)
            if filling is None:
                return None
            text += filling + after
        return FilledLine(text, seed)

    def _filling(
        self, gap: _Gap, temperature: float, rng: np.random.Generator, guard: "_TypedGuard"
    ) -> Job[str | None]:
        """Return what fills ``gap``, the likeliest at temperature 0, or None where all is held back."""
        drawn = yield from self._drawn(gap, temperature, rng)
        if temperature == 0:
            drawn.sort(key=_worth, reverse=True)
        fitting = ((filling, text) for filling in drawn if _fits(gap, text := self._text(filling.ids, gap.before)))
        free = ((filling, text) for filling, text in fitting if not guard.holds(gap, text))
        some = [*islice(free, _CHOICE if temperature else 1)]
        return max(some, key=lambda each: _worth(each[0]))[1] if some else None

    def _text(self, ids: Sequence[int], before: str) -> str:
        text = joined([self._pieces.texts[index] for index in ids])
        return text.removeprefix(" ") if _ends_a_word(before) else text

    def _drawn(self, gap: _Gap, temperature: float, rng: np.random.Generator) -> Job[list[_Filling]]:
        """Return different fillings, as they were drawn."""
        typed = self._tokenizer.split(gap.before)
        left = [START, *(index for piece in typed for index in piece.ids)]
        right = self._ids_after(gap)
        first = self._first(gap, typed[-1].text if typed else "")
        if not first.any():
            return []
        log_probs = _log_softmax((yield Question(self._logits, [_Row(tuple(left), right)])), [first])[0]
        if self._phrases is not None:
            log_probs = self._phrases.beside(log_probs, left, right)
        order = _draw(log_probs, temperature, rng)[:_DRAWS]
        fillings = [_Filling((index,), float(log_probs[index])) for index in order.tolist()]
        for length in range(1, LONGEST + 1):
            going = [at for at, filling in enumerate(fillings) if len(filling.ids) == length]
            if not going:
                break
            rows = [_Row((*left, *fillings[at].ids), right) for at in going]
            allowed = [self._further(gap, fillings[at].ids) for at in going]
            logits = yield Question(self._logits, rows)
            for at, row in zip(going, _log_softmax(logits, allowed), strict=True):
                chosen = END if length == LONGEST else int(_draw(row, temperature, rng)[0])
                ids, so_far = fillings[at]
                fillings[at] = _Filling(ids if chosen == END else (*ids, chosen), so_far + float(row[chosen]))
        return fillings

    def _first(self, gap: _Gap, last: str) -> Mask:
        """Return what a gap may begin with: a new word where it is one, else what may go on with the word before."""
        fits_space: Mask = self._pieces.begins == _ends_a_word(gap.before)
        return self._whole & fits_space & self._pieces.allowed_after(gap.before, last, 1)

    def _further(self, gap: _Gap, ids: Sequence[int]) -> Mask:
        """Return what may follow in a gap, its end among it."""
        text = gap.before + self._text(ids, gap.before)
        allowed = self._whole & self._pieces.allowed_after(text, self._pieces.texts[ids[-1]], 1)
        allowed[END] = True
        return allowed

    def _logits(self, rows: Sequence[_Row]) -> Logits:
        """Return the logits ``[rows, vocab]`` of what follows each row; those of one size are one batch."""
        logits = np.empty((len(rows), len(self._tokenizer)), np.float32)
        for left, right in {(len(row.left), len(row.right)) for row in rows}:
            some = [place for place, row in enumerate(rows) if (len(row.left), len(row.right)) == (left, right)]
            ids = (np.array([rows[place][side] for place in some], np.int64) for side in (0, 1))
            logits[some] = self._network.logits(*ids)
        return logits

    def _ids_after(self, gap: _Gap) -> tuple[int, ...]:
        """Return the ids of all that follows a gap; what will fill the later ones is not known yet."""
        ids = self._ids(gap.after)
        for text in gap.further:
            ids += [UNKNOWN, *self._ids(text)]
        return (*ids, END)

    def _ids(self, text: str) -> list[int]:
        """Return the ids of a text that follows a gap; its beginning may belong to the word before."""
        return self._tokenizer.encode(text, in_word=not text.startswith(" "))


class _TypedGuard:
    """What of a line must not be said, though it may be typed."""

    def __init__(self, guard: Guard, typed: str) -> None:
        spelling = Spelling.of(typed)
        self._filters = guard.filters
        self._whole = [each for each in guard.filters if not each.is_message(spelling)]

    def holds(self, gap: _Gap, text: str) -> bool:
        """Return whether ``text`` in a gap would say what is held back."""
        said, added = Spelling.of(gap.before), Spelling.of(text)
        line = said.then(added).then(Spelling.of(gap.after))
        return any(_says_passage(each, said, added, gap.after) for each in self._filters) or (
            not gap.further and any(each.is_message(line) for each in self._whole)
        )


def _says_passage(filter_: VerbatimFilter | Refused, said: Spelling, added: Spelling, after: str) -> bool:
    """Return whether a passage ends in what is ``added``, or after it and was not typed as it stands."""
    if filter_.ends_passage(said, added):
        return True
    line, typed = said.then(added), _NOTHING
    for word in map(Spelling.of, after.split()):
        if filter_.ends_passage(line, word) and not filter_.ends_passage(typed, word):
            return True
        line, typed = line.then(word), typed.then(word)
    return False


def _worth(filling: _Filling) -> float:
    return filling.log_probability - _FURTHER * (len(filling.ids) - 1)


def _fits(gap: _Gap, text: str) -> bool:
    """Say whether a filling says no word again beside it, and whether the particle typed onto the gap goes with it."""
    said, line = gap.before.split()[-1:], (gap.before + text).split()
    repeats = line[len(gap.before.split()) :][:1] == said or line[-1:] == gap.after.split()[:1]
    tail = _NO_HANGUL.split(gap.after, maxsplit=1)[0]
    return not repeats and fits(tail, line[-1])


def _ends_a_word(text: str) -> bool:
    return not text or text.endswith(" ")


def _log_softmax(logits: Logits, allowed: Sequence[Mask]) -> NDArray[np.float64]:
    """Return log probabilities (nats) ``[batch, vocab]`` over the pieces that are ``allowed``."""
    scores = np.where(np.array(allowed), logits.astype(np.float64), -np.inf)
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


def _draw(log_probs: NDArray[np.float64], temperature: float, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return the possible ids in the order in which they are drawn, those of the nucleus first; likeliest first at 0.

    Adding Gumbel noise draws without putting back (Kool et al. 2019, arXiv:1903.06059).
    """
    order = np.argsort(-log_probs, kind="stable")
    order = order[np.isfinite(log_probs[order])]
    if temperature == 0:
        return order
    scaled = log_probs[order] / temperature
    weights = np.exp(scaled - scaled[0])
    size = int(np.searchsorted(np.cumsum(weights), TOP_P * weights.sum())) + 1
    noisy = scaled[:size] + rng.gumbel(size=size)
    return np.concatenate((order[:size][np.argsort(-noisy, kind="stable")], order[size:]))


class _Session:
    """A network for gaps that is open."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def logits(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Logits:
        """Return the logits ``[batch, vocab]``."""
        return self._graph.run_all(left, right)[0]


def open_filler(
    bundle: Bundle,
    tokenizer: Tokenizer,
    verbatim: VerbatimFilter | None,
    provider: Provider = "auto",
    table: PiecesBetween | None = None,
) -> Filler | None:
    """Open the bundle's network for gaps, or return None where it has none.

    The ``table`` of shared phrases counts where training found that it foretells gaps better with it.

    Raises:
        BundleError: its graph cannot be opened, breaks the contract, or has another vocabulary than the voice.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.FILL).values():
        ids = np.resize(np.arange(len(tokenizer)), (1, _TRIAL_LENGTH))
        graph = open_promised(bundle, model, provider, fill_signature(len(tokenizer)), (ids, ids))
        weight = model.metrics.get(NETWORK_WEIGHT, 1.0)
        phrases = SharedPhrases(table, weight) if table is not None and 0 < weight < 1 else None
        return Filler(_Session(graph), tokenizer, verbatim, phrases)
    return None
