"""What a network of scenes is worth: held-out messages foretold in context, alone, and after another conversation.

Pieces and ends of turns count, who speaks does not. Knows nothing of how it was trained.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from bot.bundle import LETTERS
from training.common.progress import Progress
from training.text.scene.network import SceneNetwork
from training.text.scene.turns import NOTHING, Window, Windows, collate

CLEARLY = 0.98
"""Context helps where the perplexity falls to this share, by more than two standard errors."""
_MOST = 2_000
"""Messages that are measured on: more tell no more."""
_ROWS_A_BATCH = 32

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Measured:
    """Perplexities of the same held-out messages: in context, alone, and after other messages than their own.

    ``gain`` is what their own context is worth beside the better one of the others (nats a message), ``error`` its
    standard error; of so many ``messages``.
    """

    perplexity: float
    perplexity_alone: float
    perplexity_after_others: float
    gain: float
    error: float
    messages: int

    @property
    def context_helps(self) -> bool:
        """Whether what was said before helps clearly."""
        return self.perplexity <= CLEARLY * self.best_without and self.gain > 2 * self.error

    @property
    def best_without(self) -> float:
        """The perplexity without their own context, the better one of both."""
        return min(self.perplexity_alone, self.perplexity_after_others)

    def metrics(self, of: str = "") -> dict[str, float]:
        """Return the numbers as a bundle has them; ``of`` names the messages where they are not all."""
        numbers = {
            "perplexity_in_context": self.perplexity,
            "perplexity_alone": self.perplexity_alone,
            "perplexity_after_another_conversation": self.perplexity_after_others,
            "context_gain": self.gain,
            "context_gain_error": self.error,
            "held_out_messages": float(self.messages),
        }
        return {name + of: value for name, value in numbers.items()}


def evaluate(
    network: SceneNetwork, windows: Windows, counted: Sequence[int], seed: int, progress: Progress
) -> Measured:
    """Return what a network in eval mode is worth on the messages ``counted`` of ``windows``."""
    rng = np.random.default_rng(seed)
    some = np.sort(rng.permutation(counted)[:_MOST]).tolist()
    others = np.roll(some, len(some) // 2).tolist()  # as far away as can be
    deal = np.arange(LETTERS)
    ways: tuple[Callable[[int, int], Window], ...] = (
        lambda own, _: windows.window(windows.first_before(own), own + 1, deal, only_last=True),
        lambda own, _: windows.window(own, own + 1, deal, only_last=True),
        lambda own, other: windows.after_others(own, other, deal),
    )
    log_probs: list[Floats] = []
    for done, way in enumerate(ways):
        progress(done, len(ways))
        log_probs.append(_log_probs(network, [way(*pair) for pair in zip(some, others, strict=True)]))
    progress(len(ways), len(ways))
    return _measured(*log_probs)


def _measured(own: Floats, alone: Floats, others: Floats) -> Measured:
    """Return the measures by log probabilities (nats) and numbers of pieces, float64[messages, 2] each."""
    best = min(alone, others, key=_perplexity)
    gains = own[:, 0] - best[:, 0]
    error = float(gains.std(ddof=1) / math.sqrt(len(gains))) if len(gains) > 1 else math.inf
    return Measured(_perplexity(own), _perplexity(alone), _perplexity(others), float(gains.mean()), error, len(gains))


def _perplexity(log_probs: Floats) -> float:
    total, pieces = log_probs.sum(axis=0)
    return math.exp(-total / max(pieces, 1))


@torch.no_grad()
def _log_probs(network: SceneNetwork, windows: Sequence[Window]) -> Floats:
    """Return of each window the log probability (nats) of what counts in it, and how many pieces those are."""
    parts = []
    for start in range(0, len(windows), _ROWS_A_BATCH):
        ids, targets = collate(windows[start : start + _ROWS_A_BATCH])
        counts = (targets != NOTHING) & (targets < network.first_letter)
        foretold = network.log_probs_of(ids).gather(2, targets.clamp(min=0)[:, :, None])[:, :, 0]
        parts.append(torch.stack(((foretold * counts).sum(1), counts.sum(1)), dim=1).double().numpy())
    return np.concatenate(parts)
