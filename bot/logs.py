"""The log: where things failed and when, and nobody's words, and no token.

An exception's message may quote what somebody typed, so only its type and its places are written, wherever it ends.
"""

import asyncio
import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

_log = logging.getLogger(__name__)

_MOST_PLACES = 30
_LARGEST = 5_000_000
"""Bytes of a log file, before the next one begins."""
_INTERACTION_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s?]+")


def configure(level: str, file: Path | None = None, *, as_json: bool = False) -> None:
    """Write the log to stderr, or to ``file`` and two older ones, from ``level`` on; of libraries from ``INFO`` on.

    A line is for people, or one JSON object.

    Raises:
        OSError: the file cannot be written.
    """
    stream = logging.StreamHandler(sys.stderr) if file is None else _opened(file)
    text = RedactingFormatter("{asctime} {levelname:<7} {name}: {message}", style="{")
    stream.setFormatter(JsonLines("{message}", style="{") if as_json else text)
    own = logging.getLevelNamesMapping()[level]
    # At DEBUG libraries write whole gateway events, requests and database statements: people's words.
    logging.basicConfig(level=max(logging.INFO, own), handlers=[stream], force=True)
    logging.getLogger("bot").setLevel(own)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # at INFO it lists itself at every start
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it quotes tasks by name and result: see in_outline
    logging.raiseExceptions = False  # a line that cannot be written is not printed with all it should have held
    sys.excepthook = uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def _opened(file: Path) -> logging.Handler:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return RotatingFileHandler(file, maxBytes=_LARGEST, backupCount=2, encoding="utf-8")


def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what nobody caught, in outline; takes what ``sys.excepthook`` takes."""
    del kind, trace
    _log.critical("Uncaught: %s", outline(error))


def in_outline(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log in outline what a task or callback left uncaught; takes what an event loop's exception handler takes.

    The names and results of tasks, which asyncio would write, may hold a button's word.
    """
    del loop
    error = context.get("exception")
    _log.error("Uncaught in the event loop: %s", outline(error) if error else "no exception")


def _uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _unraisable(arguments: "UnraisableHookArgs") -> None:
    if arguments.exc_value is not None:
        uncaught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def outline(error: BaseException) -> str:
    """Return the types and places of ``error`` and of its causes, without their messages."""
    links = []
    link: BaseException | None = error
    while link is not None:
        frames = traceback.extract_tb(link.__traceback__, -_MOST_PLACES)
        places = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
        links.append(_name(link) + places)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\ncaused by ".join(links)


def _name(error: BaseException) -> str:
    """Return the type, with Discord's own numbers where there are any."""
    numbers = [f"{name} {value}" for name in ("status", "code") if isinstance(value := getattr(error, name, None), int)]
    return f"{type(error).__module__}.{type(error).__qualname__}" + (f" ({', '.join(numbers)})" if numbers else "")


class RedactingFormatter(logging.Formatter):
    """Writes exceptions in outline, and takes out the tokens by which interactions are answered."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for ``record``."""
        return _INTERACTION_TOKEN.sub(r"\1…", super().format(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """Return the outline of an exception that a library logs."""
        return outline(ei[1]) if ei[1] is not None else ""


class JsonLines(RedactingFormatter):
    """Writes a record as one JSON object: ``time`` in UTC, ``level``, ``logger`` and ``message``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for ``record``."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": super().format(record),
        }
        return json.dumps(line, ensure_ascii=False)
