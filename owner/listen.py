"""The step Listen: the chat page of the demo with the project's own bundle, as a process beside this one."""

import re
import subprocess
import sys
from collections import deque
from collections.abc import Iterable
from threading import Thread

from owner.errors import StepError
from owner.project import Project, environment

_URL = re.compile(r"http://\S+")


class Listening:
    """The page of one project, as long as it is open."""

    def __init__(self, project: Project) -> None:
        """Take the project."""
        self.project = project
        self._process: subprocess.Popen[str] | None = None
        self._url = ""

    @property
    def url(self) -> str | None:
        """The address of the page, or None while it is not open."""
        return self._url or None if self._process is not None and self._process.poll() is None else None

    def start(self) -> str:
        """Open the page and return its address; where it is open that of before. Takes seconds.

        Raises:
            StepError: there is no bundle, or the page does not open.
        """
        if self.url:
            return self.url
        if not (self.project.bundle / "manifest.json").is_file():
            raise StepError("no_bundle")
        self._url = ""  # that of before is nobody's any more
        words = [sys.executable, "-m", "bot", "demo", "--no-browser", "--bundle", str(self.project.bundle.absolute())]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment() | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "500"},
        )
        self._url = self._address(self._process)
        return self._url

    def stop(self) -> None:
        """Close the page."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def _address(self, process: "subprocess.Popen[str]") -> str:
        lines: list[str] = []
        output: Iterable[str] = process.stdout or ()
        for line in output:
            if found := _URL.search(line):
                # What it says later is read, so that it never waits for that.
                Thread(target=lambda: deque(output, 0), daemon=True).start()
                return found.group()
            lines.append(line.strip())
        raise StepError("does_not_open", reason=next(filter(None, reversed(lines)), "?"))
