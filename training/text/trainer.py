"""The training run by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import Callback, EarlyStopping
from lightning.pytorch.loggers import TensorBoardLogger
from rich.console import Console
from typing_extensions import override

from bot.bundle import START, Tokenizer
from training.common.callbacks import ProgressBar
from training.common.processes import ALONE, Processes
from training.common.trainer import checkpoint, intact, new_trainer, quiet_lightning
from training.text.base.voice import BaseVoice
from training.text.callbacks import Averaging, EpochReport, History, Prompts, Samples
from training.text.config import TextConfig
from training.text.curves import Epoch
from training.text.dataset import Ids, with_start
from training.text.module import HELD_OUT_LOSS, TextModule, loader
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
    history = History(run)
    with quiet_lightning():
        trainer = new_trainer(
            _callbacks(config, run, prompts, history, ProgressBar(console, steps, _steps_done, _label)),
            config.epochs,
            processes,
            gradient_clip_val=1.0,
            deterministic="warn",
            logger=TensorBoardLogger(run.folder, name="tensorboard", version=""),
        )
        trainer.fit(
            TextModule(network, config, steps),
            loader(split.train, network, shuffled=config, parts=parts, processes=processes),
            loader(split.held_out, network),
            ckpt_path=intact(last or run.last),
            weights_only=True,
        )
    processes.end()
    return history.epochs


def begin(network: TextNetwork, base: BaseVoice, tokenizer: Tokenizer) -> bool:
    """Let a network go on from the base voice, and say whether it can."""
    weights = base.weights_for(tokenizer)
    return network.begin_with({name: torch.from_numpy(values) for name, values in weights.items()})


class StoppingForGood(EarlyStopping):
    """Early stopping that holds when a run is resumed: Lightning's own would train on by an epoch or more."""

    @override
    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Stop where the checkpoint says that it was time."""
        trainer.should_stop |= self.wait_count >= self.patience


def _steps_done(trainer: pl.Trainer) -> int:
    return trainer.global_step


def _label(trainer: pl.Trainer) -> str:
    return f"epoch {trainer.current_epoch + 1}"


def _callbacks(
    config: TextConfig, run: TextRun, prompts: Prompts, history: History, bar: ProgressBar
) -> list[Callback]:
    """Return what happens after each epoch, in this order; Lightning itself puts the checkpoints last."""
    samples = Samples(run.samples, prompts)
    return [
        bar,
        samples,
        Averaging(),
        history,
        EpochReport(bar.bar.console, history, samples),
        StoppingForGood(HELD_OUT_LOSS, patience=config.patience, check_on_train_epoch_end=True),
        checkpoint(run.best, monitor=HELD_OUT_LOSS),
        # After the best one, so that it remembers which one that was.
        checkpoint(run.last, monitor=None),
    ]
