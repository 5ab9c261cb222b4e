"""The one door through which slow work leaves the event loop: one thread, and a queue with an end.

Knows nothing of what the work is.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Busy(Exception):  # noqa: N818 - it is no error, only a full waiting room
    """The queue is full, or the turn did not come in time."""


class Worker:
    """Runs one job after another on a thread of its own."""

    def __init__(self, queue_size: int, patience: float = 2.0) -> None:
        """Let at most ``queue_size`` jobs in, and none of them wait longer than ``patience`` seconds."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inference")
        self._queue_size = queue_size
        self._patience = patience
        self._inside = 0

    async def run(self, job: Callable[[], T]) -> T:
        """Return what ``job`` returns; a job whose asker is gone before its turn is never begun.

        Raises:
            Busy: the queue is full, or it was not done in time.
        """
        if self._inside >= self._queue_size:
            raise Busy
        self._inside += 1
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.get_running_loop().run_in_executor(self._thread, job)
        except TimeoutError:
            raise Busy from None
        finally:
            self._inside -= 1

    def close(self) -> None:
        """Drop what waits, and return when the job under way is done."""
        self._thread.shutdown(cancel_futures=True)
