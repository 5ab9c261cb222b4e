"""A disk that is full, by the limit on a file's size that POSIX has: every write beyond it fails as on a full one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def room_for(most: int) -> Iterator[None]:
    """Let no file of this process become longer than ``most`` bytes; skips the test where there is no such limit."""
    if sys.platform == "win32":
        pytest.skip("POSIX alone has such a limit")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
