"""The room's own n-grams beside its network: only what several people share, and how much they are worth.

The table of a plain n-gram model is a list of what was said, every secret in it. This one has no n-gram of two pieces
or more that is not everybody's, as the verbatim filter counts it; what is left out goes to the level below, so that of
a secret's pieces only how common each is remains. Knows nothing of how a network is made, or of files of runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.bundle.ngram_table import Level, NgramLayout
from training.text.dataset import Ids, rows_of
from training.text.evaluation.kneser_ney import KneserNey
from training.text.verbatim import ENOUGH, Voice

Floats = npt.NDArray[np.float64]

ORDER = 4
LEAST_GAIN = 0.01
"""A mixture whose held-out perplexity is not lower by this share is not worth its file."""
_WEIGHTS = np.arange(0.3, 1.0, 0.05)


@dataclass(frozen=True, slots=True)
class Mixing:
    """The weight of the network beside the n-grams, tuned on half of the held-out rows; and what the other half says.

    ``network`` and ``mixed`` are perplexities there.
    """

    weight: float
    network: float
    mixed: float

    @property
    def pays(self) -> bool:
        """Whether the mixture foretells better by enough."""
        return self.mixed <= (1 - LEAST_GAIN) * self.network


def shared(counts: KneserNey, lines: Sequence[Sequence[int]], voices: Sequence[Voice], longest: int) -> KneserNey:
    """Return a fitted model without what is not everybody's of the ``lines`` that it counted, each by one voice."""
    rows: list[Ids] = []
    by: list[Voice] = []
    for line, voice in zip(lines, voices, strict=True):
        for row in rows_of([line], longest):
            rows.append(row)
            by.append(voice)
    numbers = np.array([voice.number for voice in by])
    weights = np.zeros(int(numbers.max(initial=0)) + 1)
    weights[numbers] = [voice.weight for voice in by]
    return counts.pruned([_everybodys(counts, rows, numbers, weights, length) for length in range(2, ORDER + 1)])


def _everybodys(counts: KneserNey, rows: Sequence[Ids], by: Ids, weights: Floats, length: int) -> Ids:
    """Return the n-grams, sorted, whose different speakers weigh enough together."""
    ngrams, places = counts.ngrams(rows, length)
    pairs = np.unique(np.stack([ngrams, by[places]], axis=1), axis=0)
    distinct, ngram = np.unique(pairs[:, 0], return_inverse=True)
    kept: Ids = distinct[np.bincount(ngram, weights=weights[pairs[:, 1]], minlength=len(distinct)) >= ENOUGH]
    return kept


def mixing(network: Floats, ngrams: Floats) -> Mixing:
    """Return the best weight of two models by what each thinks (nats) of every held-out piece."""
    half = len(network) // 2

    def perplexity(weight: float, part: slice) -> float:
        mixed = weight * np.exp(network[part]) + (1 - weight) * np.exp(ngrams[part])
        return float(np.exp(-np.log(mixed).mean()))

    tuned, judged = slice(None, half), slice(half, None)
    weight = min(map(float, _WEIGHTS), key=lambda weight: perplexity(weight, tuned))
    return Mixing(round(weight, 2), perplexity(1.0, judged), perplexity(weight, judged))


def table_of(counts: KneserNey, weight: float) -> bytes:
    """Return the content of a bundle's ``ngrams.bin``."""
    alone = counts.next_piece([]).astype("<f4")
    levels = [counts.followers(length) for length in range(2, counts.order + 1)]
    layout = NgramLayout.new(counts.vocabulary, weight, [Level(len(each[0]), len(each[3])) for each in levels])
    content = bytearray(layout.size)
    header = layout.header()
    content[: len(header)] = header
    arrays = [alone, *(array for level in levels for array in level)]
    for (dtype, _, offset), array in zip(layout.sections(), arrays, strict=True):
        raw = array.astype(dtype).tobytes()
        content[offset : offset + len(raw)] = raw
    return bytes(content)
