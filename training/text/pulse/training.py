"""The training of the LSTM of a pulse, by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of chats, nor of what is measured afterwards.
"""

import math
from functools import partial

import lightning.pytorch as pl
import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader
from typing_extensions import override

from training.text.dataset import Shuffle
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS, EpochsModule, fit_module
from training.text.pulse.config import PulseConfig
from training.text.pulse.counts import Floats
from training.text.pulse.network import PulseNetwork
from training.text.pulse.run import PulseRun
from training.text.pulse.windows import Places, Series, Split, Windows

_STEPS = 100
"""Of an epoch, at most: of a room of ten years one goes over a tenth of the windows."""


class PulseModule(EpochsModule):
    """The network with its loss: the negative log likelihood (nats) of each hour's messages as Poisson's."""

    def __init__(self, network: PulseNetwork, config: PulseConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__(config, steps)
        self.network = network

    def training_step(self, batch: Windows, _: int) -> Tensor:
        """Return the loss of one batch."""
        self.seed_step()
        return self._loss(batch, TRAIN_LOSS)

    def validation_step(self, batch: Windows, _: int) -> Tensor:
        """Return the loss of the windows by which the best epoch is chosen."""
        return self._loss(batch, HELD_OUT_LOSS)

    def _loss(self, batch: Windows, name: str) -> Tensor:
        log_rates = self.network.log_rates(batch.counts, batch.hours, batch.holidays)
        loss = functional.poisson_nll_loss(log_rates, batch.targets)
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=len(batch.targets))
        return loss


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
    fit_module(
        PulseModule(network, config, steps),
        batches(Places(split.learnt), batch_size=config.batch, sampler=order),
        batches(Places(split.choosing), batch_size=256),
        run,
        console,
        [EpochLine(console)],
    )
    run.take_best(network)
    return network.eval()
