"""What can go wrong in a command, as one sentence and an exit code. The one place that turns errors into words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import typer
from rich.console import Console

from training.common.errors import TrainingError
from training.common.signals import Stopped

P = ParamSpec("P")


def spoken(command: Callable[P, None]) -> Callable[P, None]:
    """Return ``command`` so that it ends in one sentence where something is wrong."""

    @wraps(command)
    def speaking(*args: P.args, **kwargs: P.kwargs) -> None:
        with one_sentence():
            command(*args, **kwargs)

    return speaking


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turn what can go wrong into one sentence and an exit code."""
    console = Console(stderr=True, highlight=False)
    try:
        yield
    except Stopped as stop:
        console.print("Stopped. The same command continues where this one stopped.", soft_wrap=True)
        raise typer.Exit(stop.exit_code) from stop
    except TrainingError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    except OSError as error:
        place = error.filename2 or error.filename or "A file"
        reason = f"{place} cannot be written or read: {error.strerror or error}; mend that and repeat the command."
        console.print(reason, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
