"""What the network for reactions is worth beside the most frequent class, and from which probability on it is sure.

Probabilities are calibrated by a temperature (Guo et al. 2017, arXiv:1706.04599). Knows nothing of how it was trained.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor
from torch.nn import functional

from bot.bundle.signs import kind_of
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.training import Row, Split, collate, shares_of

SURE = 0.7
"""How often the kind of a reaction is right that is given."""
_LEAST, _MOST = 0.3, 0.95
"""Bounds of the probability from which on one is given."""
_FEWEST_FOR_THREE = 6
"""Classes: of fewer, three are found by anybody."""
_TEMPERATURES = torch.logspace(-0.5, 0.7, 40)
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures on held-out examples.

    ``top`` of the classes are the ``found`` share of the true ones, with how frequent classes are taken in, where so
    many of the most frequent are ``frequent``; ``found_error`` is the standard error of the difference, example by
    example. ``balanced`` is the mean over classes of how many are found at the first guess, for which the most frequent
    class alone gets ``chance``. Above the threshold lie ``given`` of the examples, and of those ``right`` have the true
    kind, where ``usual`` have the most frequent one.
    """

    examples: int
    top: int
    found: float
    found_error: float
    frequent: float
    balanced: float
    balanced_error: float
    chance: float
    given: float
    right: float
    usual: float

    @property
    def is_better(self) -> bool:
        """Whether it tells more than the most frequent classes do, by two standard errors of both measures."""
        finds_more = self.found - 2 * self.found_error > self.frequent
        return finds_more and self.balanced - 2 * self.balanced_error > self.chance and self.given > 0

    def metrics(self) -> dict[str, float]:
        """Return the numbers as a bundle has them."""
        return {name: float(value) for name, value in asdict(self).items()}


@torch.inference_mode()
def logits_of(network: ReactionNetwork, rows: Sequence[Row]) -> Tensor:
    """Return the balanced logits float32[rows, classes], at the network's temperature."""
    parts = [collate(rows[start : start + _BATCH]) for start in range(0, len(rows), _BATCH)]
    return torch.cat([network.balanced(network.logits(batch.ids, batch.lengths)) for batch in parts])


def calibrate(network: ReactionNetwork, rows: Sequence[Row]) -> None:
    """Set the temperature at which the probabilities are the likeliest of ``rows``, every class as frequent."""
    network.temperature.fill_(1.0)
    logits, labels = logits_of(network, rows), _labels(rows)
    even = _even(labels, logits.shape[1])
    losses = torch.stack(
        [(functional.cross_entropy(logits / t, labels, reduction="none") * even).sum() for t in _TEMPERATURES]
    )
    network.temperature.copy_(_TEMPERATURES[losses.argmin()])


def sure_from(network: ReactionNetwork, rows: Sequence[Row], emoji: Sequence[str]) -> float:
    """Return the least probability of a kind from which on it is right as often as :data:`SURE` asks."""
    chances, kinds = _kinds(logits_of(network, rows).softmax(1), emoji)
    labels = _labels(rows)
    even, is_right = _even(labels, len(emoji)), chances.argmax(1) == kinds[labels]
    sure = chances.max(1).values
    for threshold in torch.arange(_LEAST, _MOST, 0.01).tolist():
        weights = even * (sure >= threshold)
        if float((weights * is_right).sum()) >= SURE * float(weights.sum()):
            return round(float(threshold), 2)
    return _MOST


def measure(network: ReactionNetwork, split: Split, emoji: Sequence[str], threshold: float) -> Measured:
    """Return what a network is worth on the rows that are held out."""
    rows, shares = split.held_out, shares_of(split.learnt, len(emoji))
    logits, labels = logits_of(network, rows), _labels(rows)
    top = 3 if len(emoji) >= _FEWEST_FOR_THREE else 1
    found = ((logits + shares.log()).topk(top, 1).indices == labels[:, None]).any(1)
    frequent = (shares.topk(top).indices == labels[:, None]).any(1)
    balanced, error = _balanced(logits.argmax(1), labels)
    chances, kinds = _kinds(logits.softmax(1), emoji)
    is_given, usual = chances.max(1).values >= threshold, kinds[shares.argmax()]
    given = chances.argmax(1)[is_given], kinds[labels][is_given]
    return Measured(
        len(rows),
        top,
        _mean(found),
        _error(found.float() - frequent.float()),
        _mean(frequent),
        balanced,
        error,
        1 / len({*labels.tolist()}),
        _mean(is_given),
        _mean(given[0] == given[1]),
        _mean(usual == given[1]),
    )


def _kinds(chances: Tensor, emoji: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Return the probabilities float32[rows, kinds], and int64[classes]: the kind of each class."""
    names = list(dict.fromkeys(map(kind_of, emoji)))
    kinds = torch.tensor([names.index(kind_of(each)) for each in emoji])
    return torch.zeros(len(chances), len(names)).index_add(1, kinds, chances), kinds


def _labels(rows: Sequence[Row]) -> Tensor:
    return torch.tensor([row.label for row in rows])


def _even(labels: Tensor, classes: int) -> Tensor:
    """Return weights by which every class that is there counts alike."""
    return 1 / torch.bincount(labels, minlength=classes).float()[labels]


def _balanced(guesses: Tensor, labels: Tensor) -> tuple[float, float]:
    """Return the mean share of each class that is guessed, and its standard error."""
    each = [(guesses == labels)[labels == label].float() for label in sorted({*labels.tolist()})]
    shares = [float(of_class.mean()) for of_class in each]
    variance = sum(share * (1 - share) / len(of_class) for share, of_class in zip(shares, each, strict=True))
    return sum(shares) / len(shares), math.sqrt(variance) / len(shares)


def _error(gains: Tensor) -> float:
    """Return the standard error of a mean of examples."""
    return float(gains.std()) / math.sqrt(len(gains)) if len(gains) > 1 else math.inf


def _mean(flags: Tensor) -> float:
    return float(flags.float().mean()) if len(flags) else 0.0
