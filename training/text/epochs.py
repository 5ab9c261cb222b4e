"""Training in epochs until it gets no better, by Lightning: what all that learns from a room's messages has alike.

Knows nothing of what is learnt, nor of where it comes from.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import Callback, EarlyStopping
from lightning.pytorch.loggers import TensorBoardLogger
from lightning.pytorch.utilities.types import OptimizerLRSchedulerConfig
from rich.console import Console
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.data import DataLoader
from typing_extensions import override

from training.common.callbacks import ProgressBar
from training.common.processes import ALONE, Processes
from training.common.trainer import checkpoint, intact, new_trainer, quiet_lightning
from training.text.run import MessagesRun

TRAIN_LOSS = "train_loss"
HELD_OUT_LOSS = "held_out_loss"
_WARM_UP = 100


class Schedule(Protocol):
    """The settings that every such training has."""

    @property
    def rate(self) -> float:
        """The learning rate at its highest."""

    @property
    def weight_decay(self) -> float:
        """AdamW's."""

    @property
    def epochs(self) -> int:
        """How many, at most."""

    @property
    def patience(self) -> int:
        """After how many that were no better it stops."""

    @property
    def seed(self) -> int:
        """What repeats it."""


class EpochsModule(pl.LightningModule):
    """What is learnt, with its optimiser; a subclass has the losses of a batch, and calls :meth:`seed_step` first."""

    def __init__(self, schedule: Schedule, steps: int) -> None:
        """Take the settings, and how many ``steps`` the longest training would have."""
        super().__init__()
        self.schedule, self.steps = schedule, steps

    def seed_step(self) -> None:
        """Let the step alone decide what dropout leaves out, so that a resumed run repeats it."""
        torch.manual_seed((self.schedule.seed << 32) + (self.global_rank << 24) + self.global_step)

    @override
    def configure_optimizers(self) -> OptimizerLRSchedulerConfig:
        """AdamW (Loshchilov & Hutter 2019), warmed up, then down a cosine to nothing at the last step."""
        rate, decay = self.schedule.rate, self.schedule.weight_decay
        optimizer = torch.optim.AdamW(self.parameters(), lr=rate, weight_decay=decay, fused=True)
        schedule = LambdaLR(optimizer, lambda step: share_of_rate(step, self.steps))
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule, "interval": "step"}}


def share_of_rate(step: int, steps: int) -> float:
    """Return the share of the highest rate at a step: warmed up, then down a cosine to nothing at the last."""
    warm = min(1.0, (step + 1) / min(_WARM_UP, steps))
    return warm * 0.5 * (1 + math.cos(math.pi * min(step / steps, 1)))


def fit_module(  # noqa: PLR0913, PLR0917 - what is learnt, from what, how, and where to
    module: EpochsModule,
    learnt: "DataLoader[Any]",
    held_out: "DataLoader[Any]",
    run: MessagesRun[Any],
    console: Console,
    callbacks: Sequence[Callback],
    *,
    logged: bool = False,
    processes: Processes = ALONE,
    last: Path | None = None,
) -> None:
    """Train until the loss on what is ``held_out`` has not fallen for so many epochs as the settings say.

    The ``callbacks`` come after each epoch, in their order. The best weights are in ``run.best``. Where ``run.last`` is
    there, training goes on from it, or from ``last``, where another of the ``processes`` writes the run; ``logged``
    training is written down for TensorBoard.

    Raises:
        RunError: the checkpoint to go on from is damaged.
        ConfigError: there are not so many devices, or no such strategy.
    """
    schedule = module.schedule
    at_the_end = [
        StoppingForGood(HELD_OUT_LOSS, patience=schedule.patience, check_on_train_epoch_end=True),
        checkpoint(run.best, monitor=HELD_OUT_LOSS),
        # After the best one, so that it remembers which one that was.
        checkpoint(run.last, monitor=None),
    ]
    with quiet_lightning():
        trainer = new_trainer(
            [ProgressBar(console, module.steps), *callbacks, *at_the_end],
            schedule.epochs,
            processes,
            gradient_clip_val=1.0,
            deterministic="warn",
            logger=TensorBoardLogger(run.folder, name="tensorboard", version="") if logged else False,
        )
        trainer.fit(module, learnt, held_out, ckpt_path=intact(last or run.last), weights_only=True)


class StoppingForGood(EarlyStopping):
    """Early stopping that holds when a run is resumed: Lightning's own would train on by an epoch or more."""

    @override
    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Stop where the checkpoint says that it was time."""
        trainer.should_stop |= self.wait_count >= self.patience
