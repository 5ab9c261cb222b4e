"""Command-line errors: what can go wrong in a command, as one sentence and an exit code, here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from training.common.errors import ConfigError, TrainingError
from training.common.signals import Stopped


@contextmanager
def cli_errors(*others: type[Exception]) -> Iterator[None]:
    """End a command in one sentence where something is wrong that its owner can mend; also decorates a whole command.

    ``others`` are errors of whoever calls, whose message is such a sentence too.

    Raises:
        typer.BadParameter: a setting cannot be.
        typer.Exit: anything else, with 1, or with 128 and the signal's number where the command was stopped.
    """
    expected: tuple[type[Exception], ...] = (TrainingError, *others)
    console = Console(stderr=True, highlight=False)
    try:
        yield
    except Stopped as stop:
        console.print("Stopped. The same command continues where this one stopped.", soft_wrap=True)
        raise typer.Exit(stop.exit_code) from stop
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error
    except expected as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
    except OSError as error:
        place = error.filename2 or error.filename or "A file"
        sentence = f"{place} cannot be written or read: {error.strerror or error}; mend that and repeat the command."
        console.print(sentence, style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from error
