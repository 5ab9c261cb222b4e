"""``python -m training``: the commands of text, of pictures and of faces, and nothing else."""

import os
import sys
from pathlib import Path

import typer

from bot.command_line import LocalizedGroup, translate_help
from training.common.events import EventsOption
from training.faces.cli import app as faces
from training.pictures.cli import app as pictures
from training.terminal.translation import in_owners_language, language_of_terminal, sentences
from training.text.cli import app as text

app = typer.Typer(cls=LocalizedGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(text)
app.add_typer(pictures)
app.add_typer(faces, name="faces")


@app.callback()
def training(*, events: EventsOption = False) -> None:
    """Train on a group's own chat; nothing leaves this machine."""


def main() -> None:
    """Run the commands."""
    refuse_unreadable_paths()
    # Threads that spin while they wait for each other make training many times slower beside any other work.
    # It must be said before torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    commands = typer.main.get_group(app)
    translate_help(commands, sentences(language_of_terminal()))
    commands()


def refuse_unreadable_paths() -> None:
    """End with a sentence where the terminal's locale has no letters for a path that was given, or for this folder.

    Python reads such letters as bytes; what writes the runs, and Java, would stop at them in the middle.
    """
    try:
        "".join([*sys.argv, str(Path.cwd())]).encode()
    except UnicodeEncodeError:
        problem = "A path has letters that this terminal's locale does not know: set LC_ALL to C.UTF-8."
        typer.echo(in_owners_language(problem), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
