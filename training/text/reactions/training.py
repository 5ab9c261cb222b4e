"""Trains the network for reactions with Lightning, from the beginning or from where a stopped run left off.

Classes that are seldom count more, by the root of how seldom they are: in full they were learnt by heart. Knows nothing
of where examples come from.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import lightning.pytorch as pl
import torch
from lightning.pytorch import LightningModule
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence
from torch.utils.data import DataLoader, Dataset
from typing_extensions import override

from bot.bundle import END, START, Tokenizer
from training.text.base.voice import BaseVoice
from training.text.callbacks import History
from training.text.dataset import Shuffle
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS, EpochsModule, fit_module
from training.text.reactions.config import ReactionsConfig
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.run import ReactionsRun

_BALANCE = 0.5
"""How much of the classes' frequencies the weights of the loss even out; the rest is what the output is shifted by."""
_HELD_OUT_BATCH = 256


class Row(NamedTuple):
    """A message's ids, as int64[pieces], and the number of its class."""

    ids: Tensor
    label: int


class Split(NamedTuple):
    """The rows to learn from, later ones by which the best epoch and the threshold are chosen, and the last."""

    learnt: Sequence[Row]
    validation: Sequence[Row]
    held_out: Sequence[Row]


class Batch(NamedTuple):
    """Rows padded: int64[batch, time], int64[batch] lengths and int64[batch] labels."""

    ids: Tensor
    lengths: Tensor
    labels: Tensor


class Rows(Dataset[Row]):
    """The dataset: rows by position."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Take the rows."""
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]


def ids_of(text: str, tokenizer: Tokenizer, longest: int) -> list[int]:
    """Return what the network reads of a text: the last pieces of a long one, for feeling is told at the end."""
    return [START, *tokenizer.encode(text)[-longest:], END]


def collate(rows: Sequence[Row]) -> Batch:
    """Return rows as one batch."""
    lengths = torch.tensor([len(row.ids) for row in rows])
    return Batch(pad_sequence([row.ids for row in rows], True), lengths, torch.tensor([row.label for row in rows]))


def shares_of(rows: Sequence[Row], classes: int) -> Tensor:
    """Return how frequent each class is, float32[classes]."""
    counts = torch.bincount(torch.tensor([row.label for row in rows]), minlength=classes).float()
    return counts / counts.sum()


class ReactionsModule(EpochsModule):
    """A network with its losses: the weighted cross-entropy that is learnt by, and the even one that is chosen by."""

    def __init__(self, network: ReactionNetwork, config: ReactionsConfig, shares: Tensor, steps: int) -> None:
        """Take the network, how frequent each class is, and how many ``steps`` the longest training would have."""
        super().__init__(config, steps)
        self.network = network
        # As buffers they follow the network to a GPU; a checkpoint has no need of them.
        self.register_buffer("weights", (shares * len(shares)) ** -_BALANCE, persistent=False)
        self.register_buffer("even", 1 / shares, persistent=False)
        network.shift.copy_((_BALANCE - 1) * shares.log())

    def training_step(self, batch: Batch, _: int) -> Tensor:
        """Return the loss of one batch."""
        self.seed_step()
        logits = self.network.logits(batch.ids, batch.lengths)
        return self._log(TRAIN_LOSS, functional.cross_entropy(logits, batch.labels, self.get_buffer("weights")), batch)

    def validation_step(self, batch: Batch, _: int) -> Tensor:
        """Return the loss of one batch that is not learnt from, every class as frequent as every other."""
        logits = self.network.balanced(self.network.logits(batch.ids, batch.lengths))
        return self._log(HELD_OUT_LOSS, functional.cross_entropy(logits, batch.labels, self.get_buffer("even")), batch)

    def _log(self, name: str, loss: Tensor, batch: Batch) -> Tensor:
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=len(batch.labels))
        return loss


class EpochReport(pl.Callback):
    """Writes a line after each epoch."""

    def __init__(self, console: Console, history: History) -> None:
        """Write to ``console``."""
        self.console, self.history = console, history

    @override
    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: LightningModule) -> None:
        """Say how the epoch went."""
        epoch = self.history.epochs[-1]
        self.console.print(
            f"epoch {epoch.number:2}  loss: training {epoch.train_loss:5.2f}, held out {epoch.held_out_loss:5.2f}"
            f"  {epoch.seconds:4.0f} s",
            highlight=False,
        )


def begin_with_words(network: ReactionNetwork, base: BaseVoice, tokenizer: Tokenizer) -> None:
    """Let pieces begin as the base voice knows them: its vectors in as many of their main directions as fit."""
    known = torch.from_numpy(base.weights_for(tokenizer)["embedding.weight"]).float()
    centred = known - known.mean(0)
    left, sizes, _ = torch.linalg.svd(centred, full_matrices=False)
    vectors = (left * sizes)[:, : network.embedding.embedding_dim]
    weight = network.embedding.weight
    with torch.no_grad():
        weight[:, : vectors.shape[1]] = vectors * (weight.std() / vectors.std())


def fit(split: Split, network: ReactionNetwork, config: ReactionsConfig, run: ReactionsRun, console: Console) -> None:
    """Train until ``config.patience`` epochs were no better on ``split.validation``; the best one is in ``run.best``.

    Raises:
        RunError: the checkpoint to go on from is damaged.
    """
    steps = math.ceil(len(split.learnt) / config.batch) * config.epochs
    module = ReactionsModule(network, config, shares_of(split.learnt, network.output.out_features), steps)
    history, order = History(run), Shuffle(len(split.learnt), config.seed)
    fit_module(
        module,
        DataLoader(Rows(split.learnt), config.batch, sampler=order, collate_fn=collate),
        DataLoader(Rows(split.validation), _HELD_OUT_BATCH, collate_fn=collate),
        run,
        console,
        [history, EpochReport(console, history)],
    )
