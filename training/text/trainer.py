"""The training run by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import lightning.pytorch as pl
import torch
from rich.console import Console

from bot.bundle import START, Tokenizer
from training.common.processes import ALONE, Processes
from training.text.base.voice import BaseVoice
from training.text.callbacks import Averaging, EpochReport, History, Prompts, Samples
from training.text.config import TextConfig
from training.text.curves import Epoch
from training.text.dataset import Ids, with_start
from training.text.epochs import fit_module
from training.text.module import TextModule, loader
from training.text.networks import build_network
from training.text.networks.network import TextNetwork
from training.text.run import TextRun


@dataclass(frozen=True, slots=True)
class SplitRows:
    """The rows to learn from, and the later ones by which the best epoch is chosen."""

    train: list[Ids]
    held_out: list[Ids]

    def of_group(self) -> "SplitRows":
        """Return the same with everybody's start mark on every row."""
        return SplitRows([with_start(row, START) for row in self.train], self.held_out)


def fit(  # noqa: PLR0913 - what is learnt, how, and where to
    split: SplitRows,
    prompts: Prompts,
    config: TextConfig,
    run: TextRun,
    console: Console,
    *,
    base: BaseVoice | None = None,
    parts: int = 1,
    processes: Processes = ALONE,
    last: Path | None = None,
) -> list[Epoch]:
    """Train until the held-out loss has not fallen for ``config.patience`` epochs; return every epoch.

    The network goes on from ``base`` where it can. A pass has ``parts``, of which each epoch takes one. The best
    weights are in ``run.best``. Where ``run.last`` is there, training goes on from it, or from ``last``, where another
    of the ``processes`` writes the run.

    Raises:
        RunError: the checkpoint to go on from is damaged.
        ConfigError: there are not so many devices, or no such strategy.
    """
    pl.seed_everything(config.seed, verbose=False)
    network = build_network(config, len(prompts.tokenizer))
    if base is not None:
        begin(network, base, prompts.tokenizer)
    steps = math.ceil(len(split.train) / parts / config.batch) * config.epochs
    history, samples = History(run), Samples(run.samples, prompts)
    fit_module(
        TextModule(network, config, steps),
        loader(split.train, network, shuffled=config, parts=parts, processes=processes),
        loader(split.held_out, network),
        run,
        console,
        [samples, Averaging(), history, EpochReport(console, history, samples)],
        logged=True,
        processes=processes,
        last=last,
    )
    processes.end()
    return history.epochs


def begin(network: TextNetwork, base: BaseVoice, tokenizer: Tokenizer) -> bool:
    """Let a network go on from the base voice, and say whether it can."""
    weights = base.weights_for(tokenizer)
    return network.begin_with({name: torch.from_numpy(values) for name, values in weights.items()})
