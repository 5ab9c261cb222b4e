"""Callbacks after each epoch: its losses are kept, its lines are written, the owner sees how it goes.

Knows nothing of the loss or of the network's inside.
"""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lightning.pytorch import Callback, LightningModule, Trainer
from lightning.pytorch.callbacks import WeightAveraging
from rich.console import Console
from rich.markup import escape
from typing_extensions import override

from bot.bundle import Tokenizer
from bot.bundle.files import whole, write_whole
from training.common.callbacks import running_mean
from training.common.run_folder import RunFolder
from training.text import curves, sampling
from training.text.curves import Epoch
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS


class Averaging(WeightAveraging):
    """The network that is measured and kept has the running mean of the weights."""

    def __init__(self) -> None:
        """Average over more steps as training goes on."""
        super().__init__(avg_fn=running_mean)


class History(Callback):
    """Keeps the losses of every epoch, in the checkpoint and as a picture."""

    def __init__(self, run: RunFolder[Any]) -> None:
        """Write into ``run``."""
        self.run = run
        self.epochs: list[Epoch] = []
        self._began = 0.0

    @override
    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Start the clock."""
        self._began = time.monotonic()

    @override
    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Keep the epoch."""
        train, held_out = (float(trainer.callback_metrics[name]) for name in (TRAIN_LOSS, HELD_OUT_LOSS))
        seconds = time.monotonic() - self._began
        self.epochs.append(Epoch(trainer.current_epoch + 1, train, held_out, seconds))
        write_whole(self.run.history, json.dumps([asdict(epoch) for epoch in self.epochs], indent=1))
        with whole(self.run.curves) as beside:
            curves.plot_curves(self.epochs, beside)

    @override
    def state_dict(self) -> dict[str, Any]:
        """Return what a checkpoint holds."""
        return {"epochs": [asdict(epoch) for epoch in self.epochs]}

    @override
    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take up from a checkpoint."""
        self.epochs = [Epoch(**epoch) for epoch in state_dict["epochs"]]


@dataclass(frozen=True, slots=True)
class Prompts:
    """The first words of the lines that are sampled after each epoch."""

    starts: Sequence[Sequence[int]]
    tokenizer: Tokenizer
    seed: int


class Samples(Callback):
    """Draws one line at each temperature after each epoch, with the averaged weights, and writes them down.

    Must come before :class:`Averaging` among the callbacks, which takes those weights away again.
    """

    def __init__(self, path: Path, prompts: Prompts) -> None:
        """Write into the file ``path`` what is said after ``prompts``."""
        self.path, self.prompts = path, prompts
        self.by_epoch: dict[int, list[str]] = {}

    @override
    def on_validation_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Draw the lines of this epoch."""
        epoch = trainer.current_epoch + 1
        self.by_epoch[epoch] = [
            f"{temperature:.1f}  {line}" for temperature, line in self._lines(pl_module.network, epoch)
        ]
        blocks = (f"epoch {number}\n" + "\n".join(lines) + "\n" for number, lines in self.by_epoch.items())
        write_whole(self.path, "\n".join(blocks))

    def _lines(self, network: Any, epoch: int) -> list[tuple[float, str]]:  # noqa: ANN401 - Lightning calls it Any
        starts, tokenizer = self.prompts.starts, self.prompts.tokenizer
        lines = []
        for position, temperature in enumerate(sampling.TEMPERATURES):
            start = starts[position % len(starts)]
            seed = self.prompts.seed + epoch * len(sampling.TEMPERATURES) + position
            (line,) = sampling.sample_lines(network, tokenizer, [start], temperature=temperature, seed=seed)
            lines.append((temperature, tokenizer.decode(line)))
        return lines

    @override
    def state_dict(self) -> dict[str, Any]:
        """Return what a checkpoint holds."""
        return {"drawn": self.by_epoch}

    @override
    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take up from a checkpoint."""
        self.by_epoch = state_dict["drawn"]


class EpochReport(Callback):
    """Writes a line and the samples after each epoch."""

    def __init__(self, console: Console, history: History, samples: Samples) -> None:
        """Write to ``console``."""
        self.console, self.history, self.samples = console, history, samples

    @override
    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Say how the epoch went."""
        epochs = self.history.epochs
        epoch = epochs[-1]
        line = (
            f"epoch {epoch.number:2}  perplexity: training {math.exp(epoch.train_loss):7.2f}, "
            f"held out {math.exp(epoch.held_out_loss):7.2f}  {epoch.seconds:4.0f} s"
        )
        is_best = curves.best_of(epochs) is epoch
        self.console.print(f"{line}  [green]best so far[/]" if is_best else line, highlight=False)
        for line in self.samples.by_epoch[epoch.number]:
            self.console.print(f"    {escape(line)}", style="dim", highlight=False)
