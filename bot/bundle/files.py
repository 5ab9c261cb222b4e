"""Whole writes: a kill, a full disk or a power cut leaves the old file or the new one; of a folder too.

The contract has it because export, training and the bot's own backups write by it. Knows nothing of what is written.
"""

import os
import shutil
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


def write_whole(path: Path, text: str, *, private: bool = False) -> None:
    """Put ``text`` into ``path``, whole or not at all; what is ``private`` only its owner can read."""
    with whole(path) as beside:
        if private:
            beside.touch(mode=0o600)
        beside.write_text(text, encoding="utf-8")


@contextmanager
def whole_folder(folder: Path, *, mode: int = 0o777) -> Iterator[Path]:
    """Yield an empty folder to write files into; it takes the place of ``folder`` when the block ends well.

    A kill between the two renames leaves the old one aside, and :func:`recover` brings it back.
    """
    recover(folder)
    unfinished, old = _beside(folder, "unfinished"), _beside(folder, "old")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=mode)
    try:
        yield unfinished
        for path in unfinished.iterdir():
            flush(path)
        if folder.exists():
            folder.resolve().rename(old)
        unfinished.rename(folder.resolve())
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back what a kill left aside in the moment of the exchange."""
    old = _beside(folder, "old")
    if old.is_dir() and not folder.exists():
        old.rename(folder.resolve())
    shutil.rmtree(old, ignore_errors=True)


def _beside(folder: Path, what: str) -> Path:
    return folder.resolve().with_name(f".{folder.resolve().name}.{what}")


def flush(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
