"""What the infilling network is worth: the morpheme of every held-out gap, beside two that see less.

The voice sees what stands left of a gap alone; the Kneser-Ney 4-gram sees both sides, but three pieces of each. All
choose among the morphemes that may stand in a gap. Knows nothing of how any of them was trained.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from bot.bundle import UNKNOWN, Tokenizer
from training.common.progress import Progress
from training.text import ngrams
from training.text.dataset import Ids, examples_of
from training.text.evaluation.kneser_ney import KneserNey
from training.text.infilling.gaps import GapFinder
from training.text.infilling.network import InfillingNetwork
from training.text.networks.network import TextNetwork
from training.text.trainer import SplitRows

ORDER = 4
_ROWS_A_BATCH = 256
_COUNTED_GAPS = 400
"""Gaps for the 4-gram, which has to try every morpheme in each."""
_FEWEST_GAPS = 100
"""With fewer it is chance what the room's phrases are worth beside the network."""

Floats = npt.NDArray[np.float64]


class Foretold(NamedTuple):
    """Of some gaps: the log probability (nats) of what stood there, and how many morphemes were likelier."""

    log_probs: Floats
    ranks: Ids

    def measures(self) -> dict[str, float]:
        """Return the perplexity, and how often the right one is the likeliest, or among the five likeliest."""
        return {
            "perplexity": float(np.exp(-self.log_probs.mean())),
            "top 1": float((self.ranks < 1).mean()),
            "top 5": float((self.ranks < 5).mean()),
        }


def evaluate(  # noqa: PLR0913 - what is compared
    network: InfillingNetwork,
    voice: TextNetwork,
    split: SplitRows,
    tokenizer: Tokenizer,
    progress: Progress,
    *,
    shared: KneserNey | None = None,
) -> dict[str, Any]:
    """Return ``models``, the measures of each, ``metrics``, those for a bundle, and ``is_better``: than the voice.

    Where a bundle has n-grams that the room ``shared``, ``mixing`` is what they are worth beside the network, and if
    they pay, the metrics have the weight.
    """
    finder = GapFinder(tokenizer)
    progress(0, 4)
    both = _joined(_by_network(network, finder, rows) for rows in _batches(split.held_out))
    progress(1, 4)
    left = _joined(_by_voice(voice, finder, rows) for rows in _batches(split.held_out))
    progress(2, 4)
    counts = by_counts(KneserNey(len(tokenizer), ORDER).fit(split.train), finder, split.held_out)
    models = {
        "from both sides": both.measures(),
        "the voice, from the left": left.measures(),
        f"Kneser-Ney {ORDER}-gram, both sides": counts.measures(),
    }
    progress(3, 4)
    measured = {f"gap_{name.replace(' ', '_')}": value for name, value in both.measures().items()}
    report = {"models": models, "is_better": bool(both.log_probs.mean() > left.log_probs.mean())}
    if shared is None:
        return report | {"metrics": measured}
    found = by_counts(shared, finder, split.held_out)
    mixing = ngrams.mixing(both.log_probs[_drawn(len(both.log_probs))], found.log_probs)
    pays = mixing.pays and len(found.log_probs) >= _FEWEST_GAPS
    if pays:
        measured |= {"gap_network_weight": mixing.weight, "gap_perplexity_with_phrases": mixing.mixed}
    return report | {"metrics": measured, "mixing": asdict(mixing) | {"pays": pays}}


@torch.no_grad()
def _by_network(network: InfillingNetwork, finder: GapFinder, rows: Sequence[Ids]) -> Foretold:
    examples = finder.examples(rows, missing=[1])
    return _foretold(network.logits_of(examples.gaps), examples.targets, finder)


@torch.no_grad()
def _by_voice(voice: TextNetwork, finder: GapFinder, rows: Sequence[Ids]) -> Foretold:
    batch = voice.collate(rows)
    _, _, ends = examples_of(rows)
    chosen = torch.from_numpy(finder.begin_gaps(rows, 1)[ends])
    return _foretold(voice.logits_of(batch)[batch.prefixes[chosen]], batch.targets[chosen], finder)


def _foretold(logits: Tensor, targets: Tensor, finder: GapFinder) -> Foretold:
    log_probs = logits.masked_fill(~torch.from_numpy(finder.fits), -torch.inf).log_softmax(dim=1)
    right = log_probs.gather(1, targets[:, None])
    return Foretold(right[:, 0].double().numpy(), (log_probs > right).sum(1).numpy())


def by_counts(counts: KneserNey, finder: GapFinder, rows: Sequence[Ids]) -> Foretold:
    """Return what a count model foretells of some gaps, by all the pieces that it can see around each."""
    gaps = [(row, place + 1) for row in rows for place in np.flatnonzero(finder.begin_gaps([row], 1)).tolist()]
    return _joined(_by_counts_in(counts, finder, *gaps[number]) for number in _drawn(len(gaps)).tolist())


def _drawn(gaps: int) -> Ids:
    """Return which of all gaps, in the order of the messages, count models are asked about."""
    return np.random.default_rng(0).permutation(gaps)[:_COUNTED_GAPS]


def _by_counts_in(counts: KneserNey, finder: GapFinder, row: Ids, place: int) -> Foretold:
    candidates = np.flatnonzero(finder.fits)
    before, after = row[max(0, place - ORDER + 1) : place], row[place + 1 : place + ORDER]
    lines = np.tile(np.concatenate((before, [0], after)), (len(candidates), 1))
    lines[:, len(before)] = candidates
    # What stands before the gap is the same in each, and in no context of another length.
    log_probs = counts.log_probabilities(list(lines)).reshape(len(candidates), -1)
    skipped = int((before[1:] != UNKNOWN).sum())
    scores = log_probs[:, skipped:].sum(axis=1)
    scores -= np.logaddexp.reduce(scores)
    right = scores[np.searchsorted(candidates, row[place])]
    return Foretold(np.array([right]), np.array([(scores > right).sum()]))


def _batches(rows: Sequence[Ids]) -> Iterator[Sequence[Ids]]:
    return (rows[start : start + _ROWS_A_BATCH] for start in range(0, len(rows), _ROWS_A_BATCH))


def _joined(parts: Iterator[Foretold]) -> Foretold:
    log_probs, ranks = zip(*parts, strict=True)
    return Foretold(np.concatenate(log_probs), np.concatenate(ranks))
