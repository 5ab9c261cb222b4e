"""Whole-file writes: a kill, a full disk or a power cut leaves the old file or the new one.

The contract has it because export, training and the bot's own backups write by it. Knows nothing of what is written.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Yield a place to write to; it becomes ``path`` when the block ends well, and is gone when it does not.

    Where it is not ``durable``, nobody waits for the disk: for what can be made again.
    """
    beside = path.with_name(f".{path.name}.unfinished")
    try:
        yield beside
        if durable:
            flush(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
