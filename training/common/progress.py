"""The stages of a long job: a bar for each while it runs, and how long each took. Knows nothing of the job."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import progress
from rich.console import Console

Progress = Callable[[int, int], None]
"""A progress callback: is told how much is done, and of how much."""


class Stages:
    """Shows what runs, on ``console``, and keeps the seconds of each stage in ``seconds``."""

    def __init__(self, console: Console) -> None:
        """Begin with no stage."""
        self.console = console
        self.seconds: dict[str, float] = {}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Keep how long the block took."""
        began = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - began

    @contextmanager
    def stage(self, name: str) -> Iterator[Progress]:
        """Show a bar while the block runs, which it moves by what it is given; then one line with the time."""
        with self.timed(name), progress_bar(self.console) as bar:
            task = bar.add_task(name, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        self.console.print(f"{name}: {self.seconds[name]:.1f} s", style="dim")


def progress_bar(console: Console) -> progress.Progress:
    """Return a bar with the time gone and an estimate of the time left; it vanishes when done."""
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TextColumn("{task.percentage:>3.0f} %"),
    )
    times = (progress.TimeElapsedColumn(), progress.TextColumn("· left"), progress.TimeRemainingColumn())
    return progress.Progress(*columns, *times, console=console, transient=True)
