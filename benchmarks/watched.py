"""The bot as a process of its own, just as ``python -m bot run`` starts it, and watched from inside and outside.

Inside, a timer in the very loop that serves tells how late it comes; outside, Linux tells memory and descriptors.
Knows nothing of what is asked of the bot.
"""

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from playground import Playground

EVERY = 0.005
"""Seconds between two looks of the timer."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A look at the process: seconds, tasks of its loop, bytes, file descriptors and threads.

    ``stall`` is the longest that its loop came late since the look before, ``work`` the longest that it worked without
    letting another in: what a stall is where no other process wants the core. ``cpu`` is that of the whole process
    since its start, ``peak`` the most memory since the last :meth:`WatchedBot.forget_peak`.
    """

    stall: float
    work: float
    cpu: float
    tasks: int
    rss: int
    peak: int
    descriptors: int
    threads: int


class WatchedBot:
    """A bot that runs and can be looked at."""

    def __init__(self, process: Process) -> None:
        """Take the process; :func:`watched` does."""
        self.process = process
        self._outside = psutil.Process(process.pid)

    async def look(self) -> Sample:
        """Return how it is, and begin the next stretch of the longest stall."""
        assert self.process.stdout is not None
        self.process.send_signal(signal.SIGUSR1)
        inside = json.loads(await asyncio.wait_for(self.process.stdout.readline(), 30))
        rss, outside = self._outside.memory_info().rss, self._outside
        times = outside.cpu_times()
        return Sample(
            **inside,
            cpu=times.user + times.system,
            rss=rss,
            peak=self._peak(),
            descriptors=outside.num_fds(),
            threads=outside.num_threads(),
        )

    def forget_peak(self) -> None:
        """Begin the peak of memory anew (Linux, ``proc(5)``: 5 into ``clear_refs``)."""
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")

    def _peak(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@asynccontextmanager
async def watched(playground: Playground, folder: Path, bundle: Path) -> AsyncIterator[WatchedBot]:
    """Yield a bot that talks to ``playground`` and keeps its data and its log in ``folder``; it is ready."""
    settings = {"TOKEN": playground.TOKEN, "BUNDLE": str(bundle), "DATA": str(folder / "data"), "LOG_LEVEL": "WARNING"}
    given = {f"DANTOK_{name}": value for name, value in settings.items()}
    command = [sys.executable, "-m", "benchmarks.watched", playground.url]
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(*command, env=os.environ | given, stdout=PIPE, stderr=log)
    try:
        await playground.wait_ready()
        yield WatchedBot(process)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


class _Watch:
    """A timer of a loop that notes how late it comes."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._stall = self._work = self._worked = 0.0

    def begin(self) -> None:
        self._worked = time.thread_time()
        self._loop.add_signal_handler(signal.SIGUSR1, self._tell)
        self._again()

    def _again(self) -> None:
        due = self._loop.time() + EVERY
        self._loop.call_at(due, self._look, due)

    def _look(self, due: float) -> None:
        worked = time.thread_time()
        self._stall = max(self._stall, self._loop.time() - due)
        self._work = max(self._work, worked - self._worked)
        self._worked = worked
        self._again()

    def _tell(self) -> None:
        inside = {"stall": self._stall, "work": self._work, "tasks": len(asyncio.all_tasks(self._loop))}
        print(json.dumps(inside), flush=True)
        self._stall = self._work = 0.0


class _Watching(asyncio.DefaultEventLoopPolicy):
    """Gives each loop its watch."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """Return a loop that is watched."""
        loop = super().new_event_loop()
        loop.call_soon(_Watch(loop).begin)
        return loop


def _run(url: str) -> None:
    from bot.__main__ import main
    from playground.redirect import redirected

    asyncio.set_event_loop_policy(_Watching())
    sys.argv = ["dantok", "run"]
    with redirected(url):
        main()


if __name__ == "__main__":
    _run(sys.argv[1])
