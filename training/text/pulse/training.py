"""The training of the LSTM of a pulse, by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of chats, nor of what is measured afterwards.
"""

import math
from functools import partial

import lightning.pytorch as pl
import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from lightning.pytorch.utilities.types import OptimizerLRSchedulerConfig
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader
from typing_extensions import override

from training.common.callbacks import ProgressBar
from training.common.trainer import checkpoint, intact, new_trainer, quiet_lightning
from training.text.dataset import Shuffle
from training.text.module import HELD_OUT_LOSS, TRAIN_LOSS, share_of_rate
from training.text.pulse.config import PulseConfig
from training.text.pulse.counts import Floats
from training.text.pulse.network import PulseNetwork
from training.text.pulse.run import PulseRun
from training.text.pulse.windows import Places, Series, Split, Windows
from training.text.trainer import StoppingForGood

_STEPS = 100
"""Of an epoch, at most: of a room of ten years one goes over a tenth of the windows."""


class PulseModule(LightningModule):
    """The network with its loss: the negative log likelihood (nats) of each hour's messages as Poisson's."""

    def __init__(self, network: PulseNetwork, config: PulseConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__()
        self.network, self.config, self.steps = network, config, steps

    def training_step(self, batch: Windows, _: int) -> Tensor:
        """Return the loss of one batch; the step alone decides what dropout leaves out, so that a resumed run does."""
        torch.manual_seed((self.config.seed << 32) + self.global_step)
        return self._loss(batch, TRAIN_LOSS)

    def validation_step(self, batch: Windows, _: int) -> Tensor:
        """Return the loss of the windows by which the best epoch is chosen."""
        return self._loss(batch, HELD_OUT_LOSS)

    def _loss(self, batch: Windows, name: str) -> Tensor:
        log_rates = self.network.log_rates(batch.counts, batch.hours, batch.holidays)
        loss = functional.poisson_nll_loss(log_rates, batch.targets)
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=len(batch.targets))
        return loss

    def configure_optimizers(self) -> OptimizerLRSchedulerConfig:
        """AdamW, warmed up, then down a cosine, as of the voice."""
        optimizer = torch.optim.AdamW(self.parameters(), lr=self.config.rate, weight_decay=self.config.weight_decay)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: share_of_rate(step, self.steps))
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule, "interval": "step"}}


class EpochLine(Callback):
    """Writes a line after each epoch."""

    def __init__(self, console: Console) -> None:
        """Write to ``console``."""
        self.console = console

    @override
    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Say how the epoch went."""
        train, held_out = (float(trainer.callback_metrics[name]) for name in (TRAIN_LOSS, HELD_OUT_LOSS))
        self.console.print(
            f"epoch {trainer.current_epoch + 1:2}  loss: training {train:.4f}, held out {held_out:.4f}", highlight=False
        )


def fit(series: Series, split: Split, usual: Floats, run: PulseRun, console: Console) -> PulseNetwork:
    """Learn from the windows until those held out get no better, and return the network of the best epoch.

    It begins with the ``usual`` week.

    Raises:
        RunError: the checkpoint to go on from is damaged.
    """
    config = run.read_config()
    pl.seed_everything(config.seed, verbose=False)
    network = PulseNetwork(usual, config.hidden, config.dropout)
    parts = math.ceil(len(split.learnt) / (_STEPS * config.batch))
    steps = math.ceil(len(split.learnt) / parts / config.batch) * config.epochs
    batches = partial(DataLoader, collate_fn=lambda starts: series.windows(torch.tensor(starts).numpy()))
    order = Shuffle(len(split.learnt), config.seed, parts)
    with quiet_lightning():
        new_trainer(_callbacks(config, run, console, steps), config.epochs, gradient_clip_val=1.0, logger=False).fit(
            PulseModule(network, config, steps),
            batches(Places(split.learnt), batch_size=config.batch, sampler=order),
            batches(Places(split.choosing), batch_size=256),
            ckpt_path=intact(run.last),
            weights_only=True,
        )
    run.take_best(network)
    return network.eval()


def _callbacks(config: PulseConfig, run: PulseRun, console: Console, steps: int) -> list[Callback]:
    return [
        ProgressBar(
            console, steps, lambda trainer: trainer.global_step, lambda trainer: f"epoch {trainer.current_epoch + 1}"
        ),
        EpochLine(console),
        StoppingForGood(HELD_OUT_LOSS, patience=config.patience, check_on_train_epoch_end=True),
        checkpoint(run.best, monitor=HELD_OUT_LOSS),
        checkpoint(run.last, monitor=None),
    ]
