"""One training by Lightning, from the beginning or from where a stopped one left off.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from dataclasses import dataclass

import lightning.pytorch as pl
from lightning.pytorch.callbacks import Callback, EarlyStopping
from lightning.pytorch.loggers import TensorBoardLogger
from rich.console import Console
from typing_extensions import override

from training.common.trainer import WholeCheckpoints, checkpoint, quiet_lightning
from training.text.callbacks import Averaging, History, Openings, Report, Samples
from training.text.config import TextConfig
from training.text.curves import Epoch
from training.text.dataset import Ids
from training.text.module import HELD_OUT_LOSS, TextModule, loader
from training.text.networks.recurrent import TextNetwork
from training.text.run import Run


@dataclass(frozen=True, slots=True)
class Split:
    """The rows to learn from, and the later ones by which the best epoch is chosen."""

    train: list[Ids]
    held_out: list[Ids]


def fit(split: Split, openings: Openings, config: TextConfig, run: Run, console: Console) -> list[Epoch]:
    """Train until the held-out loss has not fallen for ``config.patience`` epochs; return every epoch.

    The best weights are in ``run.best``. Where ``run.last`` is there, training goes on from it.
    """
    pl.seed_everything(config.seed, verbose=False)
    vocabulary = len(openings.tokenizer)
    sizes = (vocabulary, config.embedding, config.hidden)
    network = TextNetwork(config.network, *sizes, dropout=config.dropout, word_dropout=config.word_dropout)
    steps = math.ceil(len(split.train) / config.batch) * config.epochs
    history = History(run)
    with quiet_lightning():
        trainer = _trainer(config, run, _callbacks(config, run, openings, history, console))
        trainer.fit(
            TextModule(network, config, steps),
            loader(split.train, network, shuffled=config),
            loader(split.held_out, network),
            ckpt_path=run.last if run.last.is_file() else None,
            weights_only=True,
        )
    return history.epochs


class StoppingForGood(EarlyStopping):
    """Early stopping that holds when a run is resumed: Lightning's own would train on by an epoch or more."""

    @override
    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Stop where the checkpoint says that it was time."""
        trainer.should_stop |= self.wait_count >= self.patience


def _trainer(config: TextConfig, run: Run, callbacks: list[Callback]) -> pl.Trainer:
    return pl.Trainer(
        accelerator="auto",
        devices=1,
        max_epochs=config.epochs,
        gradient_clip_val=1.0,
        deterministic="warn",
        logger=TensorBoardLogger(run.folder, name="tensorboard", version=""),
        callbacks=callbacks,
        plugins=[WholeCheckpoints()],
        num_sanity_val_steps=0,
        enable_progress_bar=False,
        enable_model_summary=False,
    )


def _callbacks(config: TextConfig, run: Run, openings: Openings, history: History, console: Console) -> list[Callback]:
    """Return what happens after each epoch, in this order; Lightning itself puts the checkpoints last."""
    samples = Samples(run, openings)
    return [
        samples,
        Averaging(),
        history,
        Report(console, history, samples),
        StoppingForGood(HELD_OUT_LOSS, patience=config.patience, check_on_train_epoch_end=True),
        checkpoint(run.best, monitor=HELD_OUT_LOSS),
        # After the best one, so that it remembers which one that was.
        checkpoint(run.last, monitor=None),
    ]
