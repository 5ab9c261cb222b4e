"""A lock that the system lets go of when its holder ends, however it ends. Source: flock(2), LockFileEx."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

_TRIES, _PAUSE = 20, 0.05
"""Who looks whether it is held holds it for a moment themselves, and must not keep a holder off."""

if sys.platform == "win32":
    import msvcrt

    def _try(stream: IO[bytes], *, shared: bool = False) -> None:
        del shared  # there is no such thing
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try(stream: IO[bytes], *, shared: bool = False) -> None:
        fcntl.flock(stream, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """Hold ``path`` for the block.

    Raises:
        OSError: somebody else does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        for _ in range(_TRIES - 1):
            with suppress(OSError):
                _try(stream)
                break
            time.sleep(_PAUSE)
        else:
            _try(stream)
        yield


def is_locked(path: Path) -> bool:
    """Say whether somebody holds ``path``; many may look at a time, and none takes another's look for that."""
    if not path.is_file():
        return False
    try:
        with path.open("ab") as stream:
            _try(stream, shared=True)
    except OSError:
        return True
    return False
