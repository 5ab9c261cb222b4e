"""A lock that the system lets go of when its holder ends, however it ends. Source: flock(2), LockFileEx."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _try(stream: IO[bytes]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold ``path`` for the block.

    Raises:
        OSError: somebody else does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        _try(stream)
        yield


def is_locked(path: Path) -> bool:
    """Say whether somebody holds ``path``."""
    if not path.is_file():
        return False
    try:
        with holding(path):
            return False
    except OSError:
        return True
