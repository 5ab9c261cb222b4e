"""The stages of a long job: a bar for each while it runs, and how long each took. Knows nothing of the job."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich import progress
from rich.console import Console
from rich.text import Text
from typing_extensions import override

from training.common.events import Events
from training.terminal.translation import in_owners_language

Progress = Callable[[int, int], None]
"""A progress callback: is told how much is done, and of how much."""
_PAUSE = 1.0
"""Seconds between two events of one bar."""


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
            task = bar.add_task(name, total=None, stage=name)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        self.console.print(f"{name}: {self.seconds[name]:.1f} s", style="dim")


class EventBar(progress.Progress):
    """A bar for a program to read: every change is an event, one a second at most, and nothing is drawn."""

    def __init__(self, events: Events) -> None:
        """Write to ``events``; each task has a field ``stage`` that names it."""
        super().__init__(disable=True)
        self.events = events
        self._written = 0.0

    @override
    def add_task(self, description: str, *args: Any, **fields: Any) -> progress.TaskID:
        """Begin a stage."""
        task = super().add_task(description, *args, **fields)
        self._write(task, at_once=True)
        return task

    @override
    def update(self, task_id: progress.TaskID, **changes: Any) -> None:
        """Move a stage on."""
        super().update(task_id, **changes)
        self._write(task_id)

    def _write(self, task_id: progress.TaskID, *, at_once: bool = False) -> None:
        task, now = self.tasks[task_id], time.monotonic()
        if at_once or now - self._written >= _PAUSE or task.finished:
            self._written = now
            self.events.stage(task.fields["stage"], task.description, int(task.completed), task.total)


class _WhatRuns(progress.TextColumn):
    """What runs, in the language of who sits at the terminal."""

    @override
    def render(self, task: progress.Task) -> Text:
        return Text(in_owners_language(task.description))


def progress_bar(console: Console) -> progress.Progress:
    """Return a bar with the time gone and an estimate of the time left; it vanishes when done."""
    if isinstance(console.file, Events):
        return EventBar(console.file)
    columns = (
        _WhatRuns(""),
        progress.BarColumn(),
        progress.TextColumn("{task.percentage:>3.0f} %"),
    )
    times = (progress.TimeElapsedColumn(), progress.TextColumn("· left"), progress.TimeRemainingColumn())
    return progress.Progress(*columns, *times, console=console, transient=True)
