"""Memory given back to the system: of what was freed, the C library would keep much. Knows nothing of who used it.

Both work with glibc (``mallopt(3)``, ``malloc_trim(3)``); elsewhere they do nothing.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_MMAP_THRESHOLD, _LARGE = -3, 4 * 1024 * 1024
"""From so many bytes on a block is one of its own; glibc by itself raises that until photos lie among all else."""


def frugally() -> None:
    """Give back what is free now, and from now on each large block, such as a photo's pixels, when it is freed."""
    _call("mallopt", _MMAP_THRESHOLD, _LARGE)
    give_back()


def give_back() -> None:
    """Give back what is free now."""
    _call("malloc_trim", 0)


def tidily(job: Callable[[], T]) -> T:
    """Return what ``job`` returns, and give back what it took on the way: for what works on tens of megabytes."""
    try:
        return job()
    finally:
        give_back()


def _call(name: str, *arguments: int) -> None:
    if sys.platform == "linux":
        getattr(ctypes.CDLL(None), name, _nothing)(*arguments)  # musl has none


def _nothing(*_: int) -> None:
    pass
