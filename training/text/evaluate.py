"""The evaluation of a trained network, beside a modified Kneser-Ney 4-gram that learnt from the same messages.

Knows nothing of how either was trained.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import torch

from bot.bundle import END, START, Tokenizer
from training.common.progress import Progress
from training.text import ngrams, sampling
from training.text.config import TextConfig
from training.text.dataset import Ids, rows_of
from training.text.evaluation import metrics
from training.text.evaluation.kneser_ney import KneserNey
from training.text.module import example_log_probs
from training.text.networks.network import TextNetwork
from training.text.ngrams import ORDER
from training.text.verbatim import Voice

Floats = npt.NDArray[np.float64]
Pieces = Sequence[str]

_LINES = 500
_LONGEST_LINE = 30
_ROWS_A_BATCH = 256


@dataclass(frozen=True, slots=True)
class SplitChat:
    """A chat in pieces, split by time; ``new`` are the positions of the held-out messages that training has not.

    ``voices`` are whose each learnt message is.
    """

    learnt: Sequence[Pieces]
    held_out: Sequence[Pieces]
    new: Sequence[int]
    tokenizer: Tokenizer
    voices: Sequence[Voice]

    @property
    def repeated(self) -> float:
        """The share of the held-out messages that had been said before; 0 where too few are new to measure on alone."""
        return 1 - len(self.new) / len(self.held_out)


class Foretelling(Protocol):
    """Whatever foretells pieces."""

    def log_probabilities(self, rows: Sequence[Ids]) -> Floats:
        """Return the log probability (nats) of every known piece of ``rows`` after ``<s>``, in order."""


class LanguageModel(Foretelling, Protocol):
    """Whatever foretells pieces, and so can draw lines of them."""

    def sample(self, count: int, seed: int) -> list[list[int]]:
        """Return ``count`` lines drawn from the beginning, at temperature 1."""


class NetworkModel:
    """A network as what is measured."""

    def __init__(self, network: TextNetwork, tokenizer: Tokenizer) -> None:
        """Take a network in eval mode and its words."""
        self.network, self.tokenizer = network, tokenizer

    @torch.no_grad()
    def log_probabilities(self, rows: Sequence[Ids]) -> Floats:
        """Return the log probability (nats) of every known piece of ``rows`` after ``<s>``, in order."""
        parts = [self._of_some(rows[start : start + _ROWS_A_BATCH]) for start in range(0, len(rows), _ROWS_A_BATCH)]
        return np.concatenate(parts)

    def _of_some(self, rows: Sequence[Ids]) -> Floats:
        log_probs: Floats = example_log_probs(self.network, self.network.collate(rows)).double().numpy()
        return log_probs

    def sample(self, count: int, seed: int) -> list[list[int]]:
        """Return ``count`` lines drawn from the beginning, at temperature 1."""
        starts: list[list[int]] = [[] for _ in range(count)]
        return sampling.sample_lines(
            self.network, self.tokenizer, starts, temperature=1.0, seed=seed, longest=_LONGEST_LINE
        )


class CountModel:
    """The 4-gram as what is measured."""

    def __init__(self, counts: KneserNey) -> None:
        """Take a fitted model."""
        self.counts = counts
        self._totals: dict[tuple[int, ...], Floats] = {}

    def log_probabilities(self, rows: Sequence[Ids]) -> Floats:
        """Return the log probability (nats) of every known piece of ``rows`` after ``<s>``, in order."""
        return self.counts.log_probabilities(rows)

    def sample(self, count: int, seed: int) -> list[list[int]]:
        """Return ``count`` lines drawn from the beginning, at temperature 1."""
        rng = np.random.default_rng(seed)
        return [self._line(rng) for _ in range(count)]

    def _line(self, rng: np.random.Generator) -> list[int]:
        line = [START]
        while len(line) <= _LONGEST_LINE:
            total = self._total_after(tuple(line[-ORDER + 1 :]))
            piece = int(np.searchsorted(total, rng.random() * total[-1], side="right"))
            if piece == END:
                break
            line.append(piece)
        return line[1:]

    def _total_after(self, context: tuple[int, ...]) -> Floats:
        """Return the running sum of the probabilities; many lines begin alike."""
        if context not in self._totals:
            self._totals[context] = self.counts.next_piece(context).cumsum()
        return self._totals[context]


@dataclass(frozen=True, slots=True)
class MixedModel:
    """Two models together, the first with a weight (0 to 1)."""

    first: Foretelling
    second: Foretelling
    weight: float

    def log_probabilities(self, rows: Sequence[Ids]) -> Floats:
        """Return the log probability (nats) of every known piece of ``rows`` after ``<s>``, in order."""
        first, second = (np.exp(model.log_probabilities(rows)) for model in (self.first, self.second))
        mixed: Floats = np.log(self.weight * first + (1 - self.weight) * second)
        return mixed


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured, as the run's report has it; and the table of n-grams for a bundle, where it pays."""

    report: dict[str, Any]
    ngrams: bytes | None
    shared: KneserNey | None = None
    """What is in that table."""


def evaluate(network: TextNetwork, chat: SplitChat, config: TextConfig, progress: Progress) -> Evaluation:
    """Measure the network, the 4-gram, and the network beside those n-grams that several people share.

    The report has ``models``, every measure of each; ``mixing``, what the n-grams are worth; ``metrics``, those of
    what a bundle serves; and ``repeated``, the share of the held-out messages that had been said before.
    """
    learnt = [chat.tokenizer.ids_of(line) for line in chat.learnt]
    progress(0, 3)
    counts = KneserNey(len(chat.tokenizer), ORDER).fit(rows_of(learnt, config.longest))
    alone = NetworkModel(network, chat.tokenizer)
    models: dict[str, LanguageModel] = {config.network: alone, f"Kneser-Ney {ORDER}-gram": CountModel(counts)}
    measured = {}
    for done, (name, model) in enumerate(models.items()):
        measured[name] = _foretold(model, chat, config) | _said(model, chat, config)
        progress(done + 1, 3)
    common = ngrams.shared(counts, learnt, chat.voices, config.longest)
    rows = rows_of((chat.tokenizer.ids_of(chat.held_out[position]) for position in chat.new), config.longest)
    mixing = ngrams.mixing(alone.log_probabilities(rows), common.log_probabilities(rows))
    served = measured[config.network]
    if mixing.pays:
        served = served | _foretold(MixedModel(alone, common, mixing.weight), chat, config)
        measured[f"{config.network} with shared n-grams"] = served
    progress(3, 3)
    report = {
        "models": measured,
        "mixing": asdict(mixing) | {"pays": mixing.pays},
        "metrics": _metrics(served, chat),
        "repeated": chat.repeated,
    }
    if not mixing.pays:
        return Evaluation(report, None)
    return Evaluation(report, ngrams.table_of(common, mixing.weight), common)


def _foretold(model: Foretelling, chat: SplitChat, config: TextConfig) -> dict[str, float]:
    """Return how well a model foretells what training has not."""
    new = [chat.held_out[position] for position in chat.new]
    whole = [line for line in new if len(chat.tokenizer.ids_of(line)) <= config.longest]
    return {
        "perplexity": metrics.perplexity(*_log_probability(model, new, chat.tokenizer, config)),
        "bits a character": metrics.bits_per_character(
            _log_probability(model, whole, chat.tokenizer, config)[0], whole, chat.tokenizer
        ),
        "perplexity, with what was said before": metrics.perplexity(
            *_log_probability(model, chat.held_out, chat.tokenizer, config)
        ),
    }


def _said(model: LanguageModel, chat: SplitChat, config: TextConfig) -> dict[str, float]:
    """Return what the lines are like that a model draws."""
    lines = [chat.tokenizer.morphemes(ids) for ids in model.sample(_LINES, config.seed)]
    return {
        "distinct-1": metrics.distinct(lines, 1),
        "distinct-2": metrics.distinct(lines, 2),
        "lines repeated word for word, before the filter": metrics.verbatim_share(lines, chat.learnt),
        "unknown pieces": metrics.unknown_rate(chat.held_out, chat.tokenizer),
    }


def _log_probability(
    model: Foretelling, lines: Sequence[Pieces], tokenizer: Tokenizer, config: TextConfig
) -> tuple[float, int]:
    """Return the log probability (nats) of all that ``lines`` say, and how many examples that is."""
    log_probs = model.log_probabilities(rows_of(map(tokenizer.ids_of, lines), config.longest))
    return float(log_probs.sum()), len(log_probs)


def _metrics(measured: dict[str, float], chat: SplitChat) -> dict[str, float]:
    """Return what was measured of the served one and how alike bot and analyser cut, by names for a manifest."""
    names = {name: name.replace(",", "").replace(" ", "_").replace("-", "_") for name in measured}
    alike = asdict(metrics.agreement(chat.tokenizer, chat.held_out))
    return {names[name]: value for name, value in measured.items()} | {
        f"same_cut_{share}": value for share, value in alike.items()
    }
