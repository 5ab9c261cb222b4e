"""The interface of a supervisor, which starts a program at log-on and again when it ends. Knows none by name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Command = tuple[str, ...]

NAME = "dantok"


@dataclass(frozen=True, slots=True)
class Program:
    """What is kept running: the bot of one Python in one folder, where its ``.env`` lies; all paths are absolute.

    ``log`` is where it writes its log where the system keeps none.
    """

    python: Path
    folder: Path
    log: Path

    def command(self, *, with_log: bool) -> Command:
        """Return the command that runs the bot."""
        to_file = ("--log-file", str(self.log)) if with_log else ()
        return (str(self.python), "-m", "bot", "run", *to_file)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A system's own way of keeping a program running: its file, and the commands that take it up and drop it.

    ``linger`` lets it run while nobody is logged on, where that is asked for separately; it may be refused.
    """

    kind: str
    file: Path
    text: Callable[[Program], bytes]
    start: tuple[Command, ...]
    show: Command
    stop: tuple[Command, ...]
    linger: Command | None = None
