"""``python -m owner.worker FOLDER``: the process that works off a job, command by command.

Every command writes its events into the job's file itself, so that nothing has to be passed on. Knows nothing of what
the commands do.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

from owner.jobs import Command, Job
from owner.locks import holding

_PAUSE = 0.2
_GROUP: dict[str, Any] = {}
if sys.platform == "win32":
    _GROUP["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP  # else no signal could be sent to it


class Worker:
    """Works off one job; a stop reaches its commands as Ctrl-C does, which end by themselves, and no other begins."""

    def __init__(self, job: Job) -> None:
        """Take the job."""
        self.job = job
        self.is_stopped = False

    def work(self) -> int:
        """Do every command until one fails or the job is stopped; return the exit code of the last."""
        for number in filter(None, (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGBREAK"))):
            signal.signal(number, self._stop)
        commands: list[Command] = json.loads(self.job.order.read_text(encoding="utf-8"))["commands"]
        with holding(self.job.lock), self.job.events.open("a", encoding="utf-8") as events:
            _say(events, pid=os.getpid())  # from here on it is seen that it works
            code = 0
            for command in commands:
                code = self._do(command, events)
                if command.get("extra") and not self.is_stopped:
                    code = 0
                if code or self.is_stopped:
                    break
            _say(events, end=code, stopped=self.is_stopped)
        return code

    def _do(self, command: Command, events: IO[str]) -> int:
        _say(events, stage=command["name"], label=command["name"], done=0, total=None, extra=command.get("extra", []))
        words = [sys.executable, "-m", *command["words"]]
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=events, **_GROUP)  # noqa: S603 - our own
        while True:
            try:
                return process.wait(_PAUSE)
            except subprocess.TimeoutExpired:
                if self.job.stop_request.exists():
                    self.job.stop_request.unlink()
                    self.is_stopped = True
                    _interrupt(process)

    def _stop(self, *_: object) -> None:
        self.is_stopped = True


def _interrupt(process: "subprocess.Popen[bytes]") -> None:
    """Do what Ctrl-C does, to the command and to all that it has started."""
    if sys.platform == "win32":
        process.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        os.killpg(0, signal.SIGINT)


def _say(events: IO[str], **event: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    events.write(json.dumps({"at": round(time.time(), 1), **event}) + "\n")
    events.flush()


if __name__ == "__main__":
    sys.exit(Worker(Job(Path(sys.argv[1]))).work())
