"""A bot in a process of its own: the command ``run``, but for where Discord is and what time it is.

The time is this machine's and so much ahead as a small file says, which the test changes. A process is forked from one
that has imported the bot already: it begins in a tenth of a second, and is killed like any other.
"""

import asyncio
import mmap
import os
import signal
import struct
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.patience import PATIENCE

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["bot.__main__", "bot.composition", "bot.logs"])
_LOOK = 0.02


class FileClock:
    """A clock that is ahead of this machine's by the seconds in a file; every process reads the same."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(struct.pack("d", 0.0))
        with path.open("r+b") as file:
            self._ahead = mmap.mmap(file.fileno(), 8)

    def __call__(self) -> float:
        return time.time() + struct.unpack("d", self._ahead[:8])[0]

    def now(self) -> datetime:
        return datetime.fromtimestamp(self(), UTC)

    def turn(self, moment: datetime) -> None:
        """Make it ``moment``; processes that are stopped notice when they go on, as after a machine's sleep."""
        self._ahead[:8] = struct.pack("d", moment.timestamp() - time.time())

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 - another process turns it
            await asyncio.sleep(min(left, _LOOK))


@dataclass(frozen=True, slots=True)
class Home:
    """Where a bot lives: its folder for the log and the clock, and its settings ``DANTOK_…``."""

    folder: Path
    discord: str
    settings: dict[str, str]


@dataclass(slots=True)
class Bot:
    """One bot that is begun, killed and begun again. ``behind`` is how much its clock is behind the others'."""

    home: Home
    process: ForkServerProcess | None = None
    behind: timedelta = timedelta()
    lives: int = 0
    clock: FileClock = field(init=False)

    def __post_init__(self) -> None:
        self.home.folder.mkdir(parents=True, exist_ok=True)
        self.clock = FileClock(self.home.folder / "clock")

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.is_alive()

    def begin(self) -> None:
        self.lives += 1
        self.process = _FORKS.Process(target=_live, args=(self.home,), daemon=True)
        self.process.start()

    def kill(self) -> None:
        """Pull the plug."""
        self._signal(signal.SIGKILL)
        self._join()

    def stop(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    async def end(self) -> int | None:
        """Ask it to end, and return its exit code."""
        assert self.process is not None
        process = self.process
        self._signal(signal.SIGTERM)
        await asyncio.to_thread(process.join, PATIENCE)
        code = process.exitcode
        self.kill()
        return code

    def _signal(self, number: int) -> None:
        if self.process is not None and self.process.pid and self.process.is_alive():
            os.kill(self.process.pid, number)

    def _join(self) -> None:
        if self.process is not None:
            self.process.join()


def _live(home: Home) -> None:
    log = os.open(home.folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.chdir(home.folder)
    for name in [name for name in os.environ if name.startswith("DANTOK_")]:
        del os.environ[name]
    os.environ.update({f"DANTOK_{name.upper()}": value for name, value in home.settings.items()})
    sys.argv = ["bot", "run"]
    import bot.client.client
    from bot.__main__ import main
    from bot.clock import SystemClock
    from playground.redirect import redirected

    # What no owner can set: another time, and that all guilds are there at once.
    clock = FileClock(home.folder / "clock")
    SystemClock.now = lambda _self: clock.now()
    SystemClock.sleep_until = lambda _self, moment: clock.sleep_until(moment)
    bot.client.client.Dantok.__init__.__kwdefaults__["ready_timeout"] = 0.05
    with redirected(home.discord):
        main()
