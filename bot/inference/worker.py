"""The doors through which slow work leaves the event loop: a lane for words and one for pictures.

A lane is one thread and a queue with an end, in which places take turns: who asks a lot waits behind themselves (fair
queueing, and where it is full the longest queue loses one: McKenney 1990, Stochastic Fairness Queueing). Of jobs that
ask networks it has several under way, and what they ask at the same time is read together. Knows nothing of what the
work is, but how a graph is told to stop.
"""

import asyncio
import logging
import math
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Generator, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from queue import Empty, Queue
from typing import Any, TypeVar

from numpy.typing import NDArray

from bot import metrics
from bot.inference.batching import Course, Job, Question, answered
from bot.inference.session import terminate

T = TypeVar("T")

_log = logging.getLogger(__name__)

_LEAVES_WITHIN = 3.0
"""Seconds that closing waits for the job under way: longer no answer is taken by Discord."""
_ENDS_WITHIN = 1.0
"""Seconds until a graph that was told to end has come to its next node."""
_CONGESTED_PATIENCE = 0.25
"""Seconds for the turn of words while more are asked for than can be said: as many are answered, and those soon."""
_MOST_UNDER_WAY = 4
"""Jobs that ask networks beside each other: more make an answer hardly cheaper, and all of them late."""
_MOST_OVERDUE = 3
"""Threads of overdue jobs that still run; with more of them another would help nobody."""


whose_turn: ContextVar[Hashable] = ContextVar("whose_turn", default=None)
"""By task, the place that its jobs are for."""


class Busy(Exception):  # noqa: N818 - it is no error, only a full waiting room
    """The queue is full, or the turn did not come in time."""


class Slow(Exception):  # noqa: N818 - as above
    """The turn came, and the job is not done in time."""


class Worker:
    """A lane: runs jobs on a thread of its own, one after another; those that ask networks beside each other."""

    def __init__(  # noqa: PLR0913 - what a lane hangs on, each by its name
        self,
        queue_size: int,
        patience: float = 2.4,
        *,
        deferred_patience: float = 10.0,
        congested_patience: float = math.inf,
        limit: float = 30.0,
        kind: str = "words",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let at most ``queue_size`` jobs in; each is done within ``patience`` seconds, or ``limit`` if deferred.

        Half of the patience is for the wait: what came to its turn only at the end of it would be given up half done,
        and where many ask at once that is what nearly all would come to. Where deferred, ``deferred_patience`` is for
        it. ``kind`` is what jobs are counted as.

        Where a place always had something inside for that half, what waits is a queue that stands, and no burst: who
        comes from there then waits ``congested_patience`` at most (CoDel: Nichols & Jacobson 2012, as in Maurer 2015,
        "Fail at Scale"; of each place by itself: RFC 8290).
        """
        self._kind = kind
        self._jobs = _Jobs()
        self._thread = _Thread(self._jobs)
        self._overdue: list[_Thread] = []
        self._queue_size = queue_size
        self._patience = patience
        self._deferred_patience = deferred_patience
        self._congested_patience = congested_patience
        self._limit = limit
        self._clock = clock
        self._inside = Counter[Hashable]()
        self._occupied_since = dict[Hashable, float]()
        self._ill = False

    async def run(self, job: Callable[[], T] | Job[T], *, deferred: bool = False) -> T:
        """Return what ``job`` returns; a job whose asker is gone is not begun, or not gone on with.

        What has begun may take its time where the asker was told to wait (``deferred``).

        Raises:
            Busy: the queue is full, or the turn did not come in time, or others who asked for less came for its place.
            Slow: the job has begun and is not done in time.
        """
        with metrics.generation(self._kind):
            self._replace_if_overdue()
            if self.inside >= self._queue_size and not self._jobs.make_room(whose_turn.get()):
                raise Busy
            with self._counted_in(whose_turn.get()):
                result = await self._result(job, deferred=deferred)
            self._ill = False
            return result

    async def _result(self, job: Callable[[], T] | Job[T], *, deferred: bool) -> T:
        asked = _Asked(job if isinstance(job, Generator) else _at_once(job))
        result: asyncio.Future[T] = asyncio.wrap_future(asked.future)
        self._jobs.put(asked)
        try:
            if not await _done(result, self._deferred_patience if deferred else self._patience_for_a_turn()):
                if asked.future.cancel():
                    raise Busy
                if not await _done(result, self._limit if deferred else self._patience / 2):
                    raise Slow
            if asked.is_pushed_out:
                raise Busy
            return await result
        finally:
            asked.is_wanted = False
            result.cancel()  # and with it the job, if it was not begun
            self._replace_if_overdue()

    @contextmanager
    def _counted_in(self, place: Hashable) -> Iterator[None]:
        if not self._inside[place]:
            self._occupied_since[place] = self._clock()
        self._inside[place] += 1
        try:
            yield
        finally:
            self._inside[place] -= 1
            if not self._inside[place]:
                del self._inside[place], self._occupied_since[place]

    def _patience_for_a_turn(self) -> float:
        usual = self._patience / 2
        is_congested = self._clock() - self._occupied_since[whose_turn.get()] > usual
        return min(usual, self._congested_patience) if is_congested else usual

    @property
    def inside(self) -> int:
        """How many jobs wait or run."""
        return self._inside.total()

    @property
    def note(self) -> str | None:
        """What there is to know of it that is no illness; nothing."""
        return None

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
                entry.future.cancel()
        self._thread.leave(_LEAVES_WITHIN)
        for thread in self._overdue:
            thread.await_end()


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
            Worker(queue_size, congested_patience=_CONGESTED_PATIENCE, limit=30, kind="words"),
            Worker(queue_size, limit=60, kind="pictures"),
            # Many groups may wake at once, and what reads a whole bundle may wait for those before it.
            Worker(queue_size, deferred_patience=60, limit=300, kind="bundle"),
        )

    @property
    def are_well(self) -> bool:
        """Whether words and pictures come through."""
        return self.words.is_well and self.pictures.is_well

    def close(self) -> None:
        """Close every lane."""
        for worker in (self.words, self.pictures, self.opening):
            worker.close()


class _Asked:
    """A job, the future in which its asker waits, whose turn it takes, and where it is once it has begun."""

    def __init__(self, job: Job[Any]) -> None:
        self.future: Future[Any] = Future()
        self.turn = whose_turn.get()
        self.is_wanted = True
        self.is_pushed_out = False
        self.since = 0.0
        self._job = job
        self._course: Course[Any] | None = None

    @property
    def question(self) -> Question | None:
        """What it asks, None where it asks nothing any more."""
        return self._course.question if self._course else None

    def push_out(self) -> bool:
        """Let another have its place; return whether it was not begun meanwhile."""
        self.is_pushed_out = self.future.cancel()
        return self.is_pushed_out

    def begin(self) -> None:
        """Begin, if somebody waits for it."""
        if self.future.set_running_or_notify_cancel():
            self.since = time.monotonic()
            self._until_it_asks(self._begin)

    def _begin(self) -> None:
        self._course = Course(self._job)

    def go_on(self, answers: NDArray[Any] | Exception) -> None:
        """Go on with the answers to its question, or what was raised instead, if somebody still waits for it."""
        course = self._course
        if course is None:
            return
        if not self.is_wanted:
            self.leave()
        elif isinstance(answers, Exception):
            self._until_it_asks(partial(course.fail, answers))
        else:
            self._until_it_asks(partial(course.go_on, answers))

    def leave(self) -> None:
        """Break it off: nobody waits for it, or nobody shall wait for it any longer."""
        if self._course is not None:
            self._course.leave()
            self._course = None
            self.future.set_exception(Slow())

    def _until_it_asks(self, resume: Callable[[], None]) -> None:
        try:
            resume()
        except BaseException as error:  # noqa: BLE001 - it belongs to who asked, as from any executor
            self._course = None
            self.future.set_exception(error)
        else:
            if self._course is not None and self._course.question is None:
                # A result may be a whole photo: it is not kept here.
                result, self._course = self._course.result, None
                self.future.set_result(result)


def _at_once(job: Callable[[], T]) -> Job[T]:
    """Return a job that asks nothing."""
    yield from ()
    return job()


class _Jobs(Queue[_Asked | None]):
    """Jobs that wait: each place in its turn, and of one the first first. None lets a thread leave."""

    # queue.py: "These will only be called with appropriate locks held"
    def _init(self, maxsize: int) -> None:
        del maxsize
        self._waiting: OrderedDict[Hashable, deque[_Asked | None]] = OrderedDict()

    def _qsize(self) -> int:
        return len(self._waiting)

    def _put(self, item: _Asked | None) -> None:
        self._waiting.setdefault(item and item.turn, deque()).append(item)

    def _get(self) -> _Asked | None:
        turn, jobs = self._waiting.popitem(last=False)
        job = jobs.popleft()
        if jobs:
            self._waiting[turn] = jobs  # behind all others
        return job

    def make_room(self, turn: Hashable) -> bool:
        """Tell the last one of the place that has most waiting that it is busy, if that has more than another would."""
        with self.mutex:
            # Who was told so, or is gone, waits here until their turn comes, and is not begun.
            waiting = {
                each: [job for job in jobs if job and not job.future.done()] for each, jobs in self._waiting.items()
            }
            longest = max(waiting.values(), key=len, default=[])
            if len(longest) <= len(waiting.get(turn, ())) + 1:
                return False
            return longest[-1].push_out()


class _Thread:
    """Takes jobs until it is told to leave. A daemon: what never ends must not keep the process from ending."""

    def __init__(self, jobs: _Jobs) -> None:
        self._jobs = jobs
        self._since: float | None = None
        self.retired = False
        self._is_leaving = False
        self._thread = threading.Thread(target=self._work, name="inference", daemon=True)
        self._thread.start()

    def _work(self) -> None:
        under_way = list[_Asked]()
        while not self.retired and not (self._is_leaving and not under_way):
            self._begin_more(under_way)
            self._go_on(under_way)
        for asked in under_way:
            asked.leave()

    def _begin_more(self, under_way: list[_Asked]) -> None:
        """Begin jobs as long as some wait and there is room; where none is under way, wait for one."""
        while not self.retired and not self._is_leaving and len(under_way) < _MOST_UNDER_WAY:
            try:
                asked = self._jobs.get(block=not under_way)
            except Empty:
                return
            if asked is None:
                self._is_leaving = True
                return
            self._since = under_way[0].since if under_way else time.monotonic()
            asked.begin()
            if asked.question is not None:
                under_way.append(asked)
            self._since = under_way[0].since if under_way else None
            del asked  # the next one may be far

    def _go_on(self, under_way: list[_Asked]) -> None:
        """Answer what all that are under way ask now, and let go of those that ask nothing more."""
        asking = [(asked, asked.question) for asked in under_way if asked.question is not None]
        answers = answered([question for _, question in asking])
        for (asked, _), own in zip(asking, answers, strict=True):
            asked.go_on(own)
        under_way[:] = [asked for asked in under_way if asked.question is not None]
        self._since = under_way[0].since if under_way else None

    def busy_for(self) -> float:
        """Return for how many seconds the job that is longest under way has run, or 0."""
        since = self._since
        return 0.0 if since is None else time.monotonic() - since

    def retire(self) -> None:
        """Take no further job, and stop those under way if they are in a graph."""
        self.retired = True
        terminate(self._thread.ident)

    def is_alive(self) -> bool:
        """Whether a job under way is still not done."""
        return self._thread.is_alive()

    def leave(self, within: float) -> None:
        """Return when the jobs under way are done, or are not after ``within`` seconds."""
        self._jobs.put(None)
        self._thread.join(within)
        if self._thread.is_alive():
            self.retire()
            self.await_end()

    def await_end(self) -> None:
        """Wait a little for a thread that was told to end: Python aborts where one leaves a graph as it ends."""
        self._thread.join(_ENDS_WITHIN)


async def _done(result: "asyncio.Future[Any]", within: float) -> bool:
    done, _ = await asyncio.wait({result}, timeout=within)
    return bool(done)
