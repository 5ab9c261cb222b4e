"""The training of the infilling network: after the voice's, with what that has learnt of words, in a few passes.

Knows nothing of where messages come from, nor of what is measured afterwards.
"""

import math
from collections.abc import Iterator, Sequence
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.lr_scheduler import LambdaLR

from bot.bundle import Tokenizer
from training.common.callbacks import running_mean
from training.common.progress import Progress
from training.text.config import TextConfig
from training.text.dataset import Ids
from training.text.epochs import share_of_rate
from training.text.infilling.gaps import SHARES, GapFinder, unheard
from training.text.infilling.network import InfillingNetwork, build
from training.text.trainer import SplitRows

EPOCHS = 3
_BATCH = 64
_UNHEARD = 0.1
_HELD_OUT_BATCH = 256


def train(  # noqa: PLR0913 - as the voice's, and that
    split: SplitRows,
    tokenizer: Tokenizer,
    voice: torch.nn.Module,
    config: TextConfig,
    progress: Progress,
    *,
    epochs: int = EPOCHS,
) -> InfillingNetwork:
    """Return the network of the epoch that foretells single gaps of held-out messages best, in eval mode.

    It begins with the words and the reading from the left of ``voice``, as far as that has them.
    """
    torch.manual_seed(config.seed)
    rng = np.random.default_rng(config.seed)
    network = build(config, len(tokenizer))
    network.begin_with(voice)
    finder, average = GapFinder(tokenizer), deepcopy(network)
    steps = math.ceil(len(split.train) / _BATCH) * epochs
    optimizer = torch.optim.AdamW(network.parameters(), lr=config.rate, weight_decay=config.weight_decay)
    schedule = LambdaLR(optimizer, lambda step: share_of_rate(step, steps))
    best, best_loss, step = average, math.inf, 0
    for _ in range(epochs):
        network.train()
        for rows in _batches(split.train, rng):
            optimizer.zero_grad()
            loss = _loss(network, finder, rows, rng)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            _follow(average, network, step)
            step += 1
            progress(step, steps)
        held_out = held_out_loss(average, finder, split.held_out)
        if held_out < best_loss:
            best, best_loss = deepcopy(average), held_out
    return best.eval()


def held_out_loss(network: InfillingNetwork, finder: GapFinder, rows: Sequence[Ids]) -> float:
    """Return the mean cross-entropy (nats) of the morpheme in every gap of one."""
    network.eval()
    losses: list[Tensor] = []
    with torch.no_grad():
        for start in range(0, len(rows), _HELD_OUT_BATCH):
            examples = finder.examples(rows[start : start + _HELD_OUT_BATCH], missing=[1])
            losses.append(
                functional.cross_entropy(network.logits_of(examples.gaps), examples.targets, reduction="none")
            )
    return float(torch.cat(losses).mean())


def _loss(network: InfillingNetwork, finder: GapFinder, rows: Sequence[Ids], rng: np.random.Generator) -> Tensor:
    examples = finder.examples(rows, heard=unheard(rows, _UNHEARD, rng))
    drawn = torch.from_numpy(rng.random(len(examples.targets))) < torch.tensor(SHARES)[examples.missing]
    gaps = examples.gaps
    drawn_gaps = gaps._replace(before=gaps.before[drawn], after=gaps.after[drawn])
    return functional.cross_entropy(network.logits_of(drawn_gaps), examples.targets[drawn])


def _batches(rows: Sequence[Ids], rng: np.random.Generator) -> Iterator[list[Ids]]:
    order = rng.permutation(len(rows)).tolist()
    for start in range(0, len(order), _BATCH):
        yield [rows[place] for place in order[start : start + _BATCH]]


@torch.no_grad()
def _follow(average: InfillingNetwork, network: InfillingNetwork, step: int) -> None:
    for mean, weight in zip(average.parameters(), network.parameters(), strict=True):
        mean.copy_(running_mean(mean, weight, step))
