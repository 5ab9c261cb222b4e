"""Training of a generator by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of which model it is, nor of what is measured afterwards.
"""

import math

import lightning.pytorch as pl
import torch
from rich.console import Console
from torch.utils.data import DataLoader, Dataset
from typing_extensions import override

from training.common.callbacks import ProgressBar
from training.common.errors import RunError
from training.common.trainer import checkpoint, intact, new_trainer, precision, quiet_lightning
from training.faces.callbacks import SampleGrids
from training.faces.config import FacesConfig
from training.faces.models.module import FacesModule
from training.faces.run import FacesRun


class EpochSteps(Dataset[int]):
    """The step numbers of one epoch: which pictures a step takes follows from its number alone."""

    def __init__(self, every: int, steps: int, epoch: int) -> None:
        """Take how many steps an epoch and the whole training have, and which epoch it is."""
        self.every, self.steps, self.epoch = every, steps, epoch

    def __len__(self) -> int:
        """Return how many steps are left in this epoch."""
        return min(self.every, self.steps - self.epoch * self.every)

    def __getitem__(self, index: int) -> int:
        """Return the number of a step."""
        if index >= len(self):
            raise IndexError(index)
        return self.epoch * self.every + index


class StepsData(pl.LightningDataModule):
    """The data module: gives Lightning the steps, epoch by epoch, also where a stopped run goes on."""

    def __init__(self, every: int, steps: int) -> None:
        """Take how many steps an epoch and the whole training have."""
        super().__init__()
        self.every, self.steps = every, steps

    @override
    def train_dataloader(self) -> "DataLoader[int]":
        """Return the steps of the epoch that comes now."""
        epoch = self.trainer.current_epoch if self.trainer else 0
        return DataLoader(EpochSteps(self.every, self.steps, epoch), batch_size=1)


def fit(module: FacesModule, pictures: torch.Tensor, run: FacesRun, console: Console) -> None:
    """Train on ``pictures``, uint8 ``[n, s, s, 3]``, to the last step; where ``run.last`` is there, go on from it.

    Raises:
        RunError: the checkpoint to go on from is damaged.
    """
    config = module.config
    module.to(memory_format=torch.channels_last)
    module.register_buffer("pictures", pictures, persistent=False)  # after that: bytes are gathered picture by picture
    with quiet_lightning():
        trainer = new_trainer(
            [_bar(config, console), SampleGrids(run, console), checkpoint(run.last, monitor=None)],
            math.ceil(config.steps / config.every),
            precision=precision(),
            logger=False,
            reload_dataloaders_every_n_epochs=1,
        )
        data, resumed = StepsData(config.every, config.steps), intact(run.last)
        try:
            trainer.fit(module, datamodule=data, ckpt_path=resumed, weights_only=True)
        except (KeyError, EOFError) as error:
            raise RunError(f"The checkpoint {run.last} is damaged: train again with --force.") from error


def _bar(config: FacesConfig, console: Console) -> ProgressBar:
    return ProgressBar(
        console, config.steps, lambda trainer: trainer.current_epoch * config.every, lambda _: config.kind
    )
