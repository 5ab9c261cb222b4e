"""The training of a network of scenes by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from dataclasses import dataclass

import lightning.pytorch as pl
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, Subset

from training.text.callbacks import Averaging, EpochReport, History, Prompts
from training.text.curves import Epoch
from training.text.dataset import Shuffle
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS, EpochsModule, fit_module
from training.text.scene.config import SceneConfig
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun
from training.text.scene.samples import SceneSamples
from training.text.scene.turns import NOTHING, SceneBatch, Windows, collate

_HELD_OUT_BATCH = 32


@dataclass(frozen=True, slots=True)
class Split:
    """The messages to learn from, later ones by which the best epoch is chosen, and the last, to measure on."""

    train: Windows
    chosen_on: Windows
    held_out: Windows


class SceneModule(EpochsModule):
    """A network with its loss: cross-entropy of what follows in nats, the mean over all that counts."""

    def __init__(self, network: SceneNetwork, config: SceneConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__(config, steps)
        self.network = network

    def training_step(self, batch: SceneBatch, _: int) -> Tensor:
        """Return the loss of one batch."""
        self.seed_step()
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
    history, samples = History(run), SceneSamples(run.samples, prompts)
    fit_module(
        SceneModule(network, config, steps),
        DataLoader(split.train, batch_size=config.batch, sampler=order, collate_fn=collate),
        DataLoader(Subset(split.chosen_on, split.chosen_on.disjoint()), batch_size=_HELD_OUT_BATCH, collate_fn=collate),
        run,
        console,
        [samples, Averaging(), history, EpochReport(console, history, samples)],
        logged=True,
    )
    return history.epochs
