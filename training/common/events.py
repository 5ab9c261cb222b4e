"""What a command writes for its owner: for people on the terminal, or as events for a program that shows it.

With ``--events`` each line of standard output is one JSON object: ``{"stage", "label", "done", "total"}`` where a stage
moves (``total`` is null while nobody knows it), ``{"line"}`` for what people would read, and ``{"error"}`` for the
sentence that ends a command; each with ``at``, in seconds since 1970. Knows nothing of what is done.
"""

import json
import sys
import time
from contextlib import suppress
from contextvars import ContextVar
from io import StringIO
from typing import Annotated, TextIO

import typer
from rich.console import Console
from typing_extensions import override

from training.terminal.translation import LocalizedConsole

_AS_EVENTS: ContextVar[bool] = ContextVar("as_events", default=False)
_WIDTH = 200


class Events(StringIO):
    """A console's file that makes an event of each line."""

    def __init__(self, stream: TextIO) -> None:
        """Write to ``stream``."""
        super().__init__()
        self.stream = stream

    @override
    def write(self, text: str) -> int:
        """Make an event of each line."""
        for line in filter(str.strip, text.splitlines()):
            self._put({"line": line.rstrip()})
        return len(text)

    def stage(self, name: str, label: str, done: int, total: float | None) -> None:
        """Say how far a stage is."""
        self._put({"stage": name, "label": label, "done": done, "total": None if total is None else int(total)})

    def error(self, sentence: str) -> None:
        """Say what ended the command."""
        self._put({"error": sentence})

    def _put(self, event: dict[str, object]) -> None:
        with suppress(OSError):  # a disk that is full must not end what can go on: nobody reads it then
            self.stream.write(json.dumps({"at": round(time.time(), 1), **event}, ensure_ascii=False) + "\n")
            self.stream.flush()


def _choose(as_events: bool) -> bool:
    _AS_EVENTS.set(as_events)
    return as_events


EventsOption = Annotated[
    bool,
    typer.Option(
        "--events",
        help="Say everything as JSON, an object a line: for a program that shows it.",
        callback=_choose,
        is_eager=True,
    ),
]
"""The option of a command line; what it says, :func:`owner_console` goes by."""


def owner_console() -> Console:
    """Return where a command speaks to its owner: standard error, or events where the command line asks for them.

    Events are in English: whoever reads them knows whom they are for.
    """
    if _AS_EVENTS.get():
        return Console(file=Events(sys.stdout), width=_WIDTH, highlight=False, color_system=None)
    return LocalizedConsole(stderr=True, highlight=False)


def say_error(sentence: str) -> None:
    """Say in which sentence a command ends."""
    console = owner_console()
    if isinstance(console.file, Events):
        console.file.error(sentence)
    else:
        console.print(sentence, style="red", markup=False, soft_wrap=True)
