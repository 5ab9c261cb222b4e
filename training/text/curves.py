"""The loss curves of a training: both losses by epoch, and where it was best. Knows nothing of what was trained."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from training.common.errors import RunError


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the messages: the mean losses in nats, and how long it took with all that follows it."""

    number: int
    train_loss: float
    held_out_loss: float
    seconds: float


def read_epochs(history: Path) -> list[Epoch]:
    """Return the epochs that a training has noted.

    Raises:
        RunError: the file is damaged or missing.
    """
    try:
        return [Epoch(**epoch) for epoch in json.loads(history.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise RunError(f"{history} is damaged: {error!r}.") from error


def best_of(epochs: Sequence[Epoch]) -> Epoch:
    """Return the epoch with the lowest held-out loss, the first of equals."""
    return min(epochs, key=lambda epoch: epoch.held_out_loss)


def plot_curves(epochs: Sequence[Epoch], path: Path) -> None:
    """Write the curves as a PNG."""
    figure = Figure(figsize=(7, 4), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    numbers = [epoch.number for epoch in epochs]
    axes.plot(numbers, [epoch.train_loss for epoch in epochs], "o-", label="training, with dropout")
    axes.plot(numbers, [epoch.held_out_loss for epoch in epochs], "o-", label="held out")
    best = best_of(epochs)
    axes.axvline(best.number, color="grey", linestyle=":", label=f"best: epoch {best.number}")
    axes.set(xlabel="epoch", ylabel="loss (nats)")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, format="png")
