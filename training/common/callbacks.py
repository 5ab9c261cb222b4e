"""Lightning callbacks that every training has: the running mean of the weights, and the owner's progress bar.

Knows nothing of what is trained.
"""

from collections.abc import Callable
from typing import Any

from lightning.pytorch import Callback, LightningModule, Trainer
from rich.console import Console
from torch import Tensor
from typing_extensions import override

from training.common.progress import progress_bar

_DECAY = 0.999


def running_mean(average: Tensor, current: Tensor, count: Tensor | int) -> Tensor:
    """Return the exponential moving average of a weight: over more and more steps, at the end over about a thousand.

    What is no floating point number, such as a count of batches, is taken as it is.
    """
    decay = min(_DECAY, (1 + int(count)) / (10 + int(count)))
    return average.lerp(current, 1 - decay) if average.is_floating_point() else current


class ProgressBar(Callback):
    """A bar with the time gone and an estimate of the time left, for ``steps`` batches."""

    def __init__(
        self,
        console: Console,
        steps: int,
        done: Callable[[Trainer], int] = lambda trainer: trainer.global_step,
        label: Callable[[Trainer], str] = lambda trainer: f"epoch {trainer.current_epoch + 1}",
    ) -> None:
        """Show on ``console`` what ``label`` says; ``done`` tells how many steps lie behind a resumed run."""
        self.steps, self.done, self.label = steps, done, label
        self.bar = progress_bar(console)

    @override
    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show the bar, from where a resumed run stands."""
        self.bar.start()
        self.task = self.bar.add_task(
            self.label(trainer), total=self.steps, completed=self.done(trainer), stage="training"
        )

    @override
    def on_train_batch_end(self, trainer: Trainer, *_: Any) -> None:
        """Move the bar."""
        self.bar.update(self.task, advance=1, description=self.label(trainer))

    @override
    def teardown(self, trainer: Trainer, pl_module: LightningModule, stage: str) -> None:
        """Take the bar away."""
        self.bar.stop()

    @override
    def on_exception(self, trainer: Trainer, pl_module: LightningModule, exception: BaseException) -> None:
        """Take the bar away before anybody says what happened."""
        self.bar.stop()
