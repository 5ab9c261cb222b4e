"""The doors through which slow work leaves the event loop: a lane for words and one for pictures.

A lane is one thread and a queue with an end. Knows nothing of what the work is, but how a graph is told to stop.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from bot import metrics
from bot.inference.session import terminate

T = TypeVar("T")

_log = logging.getLogger(__name__)

_LEAVES_WITHIN = 3.0
"""Seconds that closing waits for the job under way: longer no answer is taken by Discord."""
_MOST_OVERDUE = 3
"""Threads of overdue jobs that still run; with more of them another would help nobody."""


class Busy(Exception):  # noqa: N818 - it is no error, only a full waiting room
    """The queue is full, or the turn did not come in time."""


class Slow(Exception):  # noqa: N818 - as above
    """The turn came, and the job is not done in time."""


class Worker:
    """A lane: runs one job after another on a thread of its own."""

    def __init__(
        self,
        queue_size: int,
        patience: float = 2.0,
        *,
        deferred_patience: float = 10.0,
        limit: float = 30.0,
        kind: str = "words",
    ) -> None:
        """Let at most ``queue_size`` jobs in, each for so many seconds of waiting; a job ends within ``limit``.

        ``kind`` is what they are counted as.
        """
        self._kind = kind
        self._jobs: _Jobs = SimpleQueue()
        self._thread = _Thread(self._jobs)
        self._overdue: list[_Thread] = []
        self._queue_size = queue_size
        self._patience = patience
        self._deferred_patience = deferred_patience
        self._limit = limit
        self._inside = 0
        self._ill = False

    async def run(self, job: Callable[[], T], *, deferred: bool = False) -> T:
        """Return what ``job`` returns; a job whose asker is gone before its turn is never begun.

        Patience is for the queue: what has begun may take its time where the asker was told to wait (``deferred``).

        Raises:
            Busy: the queue is full, or the turn did not come in time.
            Slow: the job has begun and is not done in time.
        """
        with metrics.generation(self._kind):
            self._replace_if_overdue()
            if self._inside >= self._queue_size:
                raise Busy
            self._inside += 1
            try:
                result = await self._result(job, deferred=deferred)
            finally:
                self._inside -= 1
            self._ill = False
            return result

    async def _result(self, job: Callable[[], T], *, deferred: bool) -> T:
        future: Future[T] = Future()
        result = asyncio.wrap_future(future)
        self._jobs.put((future, job))
        try:
            if not await _done(result, self._deferred_patience if deferred else self._patience):
                if future.cancel():
                    raise Busy
                if not deferred or not await _done(result, self._limit):
                    raise Slow
            return await result
        finally:
            result.cancel()  # and with it the job, if it was not begun
            self._replace_if_overdue()

    @property
    def is_well(self) -> bool:
        """Whether no job is overdue, and after the last one that was another came through."""
        self._replace_if_overdue()
        return not self._ill

    def _replace_if_overdue(self) -> None:
        if not self._thread.retired:
            if self._thread.busy_for() < self._limit:
                return
            self._ill = True
            self._thread.retire()
            self._overdue.append(self._thread)
        self._overdue = [thread for thread in self._overdue if thread.is_alive()]
        if len(self._overdue) <= _MOST_OVERDUE:
            _log.error("A job is not done after %g seconds: another thread goes on with the next.", self._limit)
            self._thread = _Thread(self._jobs)

    def close(self) -> None:
        """Drop what waits, and return when the job under way is done, or does not end."""
        while True:
            try:
                entry = self._jobs.get_nowait()
            except Empty:
                break
            if entry is not None:
                entry[0].cancel()
        self._thread.leave(_LEAVES_WITHIN)


@dataclass(frozen=True, slots=True)
class Workers:
    """One lane each for words, for pictures, and for the opening of bundles: none holds up another."""

    words: Worker
    pictures: Worker
    opening: Worker

    @classmethod
    def of(cls, queue_size: int) -> "Workers":
        """Return lanes that let so many in; pictures may take longer than words."""
        return cls(
            Worker(queue_size, limit=30, kind="words"),
            Worker(queue_size, limit=60, kind="pictures"),
            Worker(queue_size=1, limit=300, kind="bundle"),
        )

    @property
    def are_well(self) -> bool:
        """Whether words and pictures come through."""
        return self.words.is_well and self.pictures.is_well

    def close(self) -> None:
        """Close every lane."""
        for worker in (self.words, self.pictures, self.opening):
            worker.close()


_Jobs = SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]


class _Thread:
    """Takes jobs until it is told to leave. A daemon: what never ends must not keep the process from ending."""

    def __init__(self, jobs: _Jobs) -> None:
        self._jobs = jobs
        self._since: float | None = None
        self.retired = False
        self._thread = threading.Thread(target=self._work, name="inference", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        while not self.retired and (entry := self._jobs.get()) is not None:
            self._since = time.monotonic()
            _do(*entry)
            self._since = None
            del entry  # a result may be a whole photo, and the next job may be far

    def busy_for(self) -> float:
        """Return for how many seconds the job under way has run, or 0."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since

    def retire(self) -> None:
        """Take no further job, and stop the one under way if it is in a graph."""
        self.retired = True
        terminate(self._thread.ident)

    def is_alive(self) -> bool:
        """Whether the job under way is still not done."""
        return self._thread.is_alive()

    def leave(self, within: float) -> None:
        """Return when the job under way is done, or is not after ``within`` seconds."""
        self._jobs.put(None)
        self._thread.join(within)
        if self._thread.is_alive():
            self.retire()


def _do(future: "Future[T]", job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 - it belongs to who asked, as from any executor
        future.set_exception(error)
    else:
        future.set_result(result)


async def _done(result: "asyncio.Future[Any]", within: float) -> bool:
    done, _ = await asyncio.wait({result}, timeout=within)
    return bool(done)
