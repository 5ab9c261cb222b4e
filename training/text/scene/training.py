"""The training of a network of scenes by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from dataclasses import dataclass

import lightning.pytorch as pl
import torch
from lightning.pytorch.callbacks import Callback
from lightning.pytorch.loggers import TensorBoardLogger
from lightning.pytorch.utilities.types import OptimizerLRSchedulerConfig
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.optim.lr_scheduler import LambdaLR
from torch.utils.data import DataLoader, Subset

from training.common.callbacks import ProgressBar
from training.common.trainer import checkpoint, intact, new_trainer, quiet_lightning
from training.text.callbacks import Averaging, EpochReport, History, Prompts
from training.text.curves import Epoch
from training.text.dataset import Shuffle
from training.text.module import HELD_OUT_LOSS, TRAIN_LOSS, share_of_rate
from training.text.scene.config import SceneConfig
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun
from training.text.scene.samples import SceneSamples
from training.text.scene.turns import NOTHING, SceneBatch, Windows, collate
from training.text.trainer import StoppingForGood

_HELD_OUT_BATCH = 32


@dataclass(frozen=True, slots=True)
class Split:
    """The messages to learn from, later ones by which the best epoch is chosen, and the last, to measure on."""

    train: Windows
    chosen_on: Windows
    held_out: Windows


class SceneModule(pl.LightningModule):
    """A network with its loss: cross-entropy of what follows in nats, the mean over all that counts."""

    def __init__(self, network: SceneNetwork, config: SceneConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__()
        self.network, self.config, self.steps = network, config, steps

    def training_step(self, batch: SceneBatch, _: int) -> Tensor:
        """Return the loss of one batch.

        The step alone decides what dropout leaves out, so that a resumed run repeats it.
        """
        torch.manual_seed((self.config.seed << 32) + self.global_step)
        return self._loss(batch, TRAIN_LOSS)

    def validation_step(self, batch: SceneBatch, _: int) -> Tensor:
        """Return the loss of one held-out batch."""
        return self._loss(batch, HELD_OUT_LOSS)

    def _loss(self, batch: SceneBatch, name: str) -> Tensor:
        log_probs = self.network.log_probs_of(batch.ids).flatten(0, 1)
        total = functional.nll_loss(log_probs, batch.targets.flatten(), ignore_index=NOTHING, reduction="sum")
        counted = max(1, int((batch.targets != NOTHING).sum()))  # of a small batch nothing may count
        loss = total / counted
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=counted)
        return loss

    def configure_optimizers(self) -> OptimizerLRSchedulerConfig:
        """AdamW (Loshchilov & Hutter 2019), warmed up, then down a cosine to nothing at the last step."""
        optimizer = torch.optim.AdamW(
            self.parameters(), lr=self.config.rate, weight_decay=self.config.weight_decay, fused=True
        )
        schedule = LambdaLR(optimizer, lambda step: share_of_rate(step, self.steps))
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule, "interval": "step"}}


def fit(  # noqa: PLR0913 - what is learnt, how, and where to
    network: SceneNetwork, split: Split, prompts: Prompts, config: SceneConfig, run: SceneRun, *, console: Console
) -> list[Epoch]:
    """Train until the loss on what it is chosen by has not fallen for ``config.patience`` epochs; return every epoch.

    The best weights are in ``run.best``. Where ``run.last`` is there, training goes on from it.

    Raises:
        RunError: the checkpoint to go on from is damaged.
    """
    pl.seed_everything(config.seed, verbose=False)
    order = Shuffle(len(split.train), config.seed, split.train.parts)
    steps = math.ceil(len(split.train) / order.parts / config.batch) * config.epochs
    history = History(run)
    samples = SceneSamples(run.samples, prompts)
    bar = ProgressBar(console, steps, _steps_done, _label)
    callbacks: list[Callback] = [
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
    with quiet_lightning():
        trainer = new_trainer(
            callbacks,
            config.epochs,
            gradient_clip_val=1.0,
            deterministic="warn",
            logger=TensorBoardLogger(run.folder, name="tensorboard", version=""),
        )
        trainer.fit(
            SceneModule(network, config, steps),
            DataLoader(split.train, batch_size=config.batch, sampler=order, collate_fn=collate),
            DataLoader(
                Subset(split.chosen_on, split.chosen_on.disjoint()), batch_size=_HELD_OUT_BATCH, collate_fn=collate
            ),
            ckpt_path=intact(run.last),
            weights_only=True,
        )
    return history.epochs


def _steps_done(trainer: pl.Trainer) -> int:
    return trainer.global_step


def _label(trainer: pl.Trainer) -> str:
    return f"epoch {trainer.current_epoch + 1}"
