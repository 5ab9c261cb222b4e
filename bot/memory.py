"""Memory trimmed: what was freed goes back to the system, of which the C library would keep much. Knows no user of it.

All works with glibc (``mallopt(3)``, ``malloc_trim(3)``); elsewhere nothing is done.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_MMAP_THRESHOLD, _LARGE = -3, 4 * 1024 * 1024
"""From so many bytes on a block is one of its own; glibc by itself raises that until photos lie among all else."""


def mmap_large_blocks() -> None:
    """Give back what is free now, and from now on each large block, such as a photo's pixels, when it is freed."""
    _call("mallopt", _MMAP_THRESHOLD, _LARGE)
    trim_memory()


def trim_memory() -> None:
    """Give back what is free now (``malloc_trim``)."""
    _call("malloc_trim", 0)


def run_and_trim(job: Callable[[], T]) -> T:
    """Return what ``job`` returns, and trim what it took on the way: for what works on tens of megabytes."""
    try:
        return job()
    finally:
        trim_memory()


def _call(name: str, *arguments: int) -> None:
    if sys.platform == "linux":
        getattr(ctypes.CDLL(None), name, _nothing)(*arguments)  # musl has none


def _nothing(*_: int) -> None:
    pass
