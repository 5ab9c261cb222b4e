"""Command-line errors: what can go wrong in a command, as one sentence and an exit code, here and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from training.common.errors import ConfigError, TrainingError
from training.common.events import owner_console, say_error
from training.common.signals import Stopped
from training.terminal.translation import in_owners_language


@contextmanager
def cli_errors(*others: type[Exception]) -> Iterator[None]:
    """End a command in one sentence where something is wrong that its owner can mend; also decorates a whole command.

    ``others`` are errors of whoever calls, whose message is such a sentence too.

    Raises:
        typer.BadParameter: a setting cannot be.
        typer.Exit: anything else, with 1, or with 128 and the signal's number where the command was stopped.
    """
    expected: tuple[type[Exception], ...] = (TrainingError, *others)
    try:
        yield
    except Stopped as stop:
        owner_console().print("Stopped. The same command continues where this one stopped.", soft_wrap=True)
        raise typer.Exit(stop.exit_code) from stop
    except ConfigError as error:
        raise typer.BadParameter(in_owners_language(str(error))) from error
    except expected as error:
        say_error(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        place = error.filename2 or error.filename or "A file"
        sentence = f"{place} cannot be written or read: {error.strerror or error}; mend that and repeat the command."
        say_error(sentence)
        raise typer.Exit(1) from error
