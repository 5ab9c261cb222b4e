"""Long work as a process of its own, which goes on when nobody looks, tells how far it is, and can be stopped.

A job is a folder: ``job.json`` is what is to be done, ``events.jsonl`` what the commands say with ``--events`` (see
:mod:`training.common.events`), ``log.txt`` what else they write, ``lock`` is held by :mod:`owner.worker` as long as it
works. Whether it runs is seen by the lock, so a power cut leaves nothing to clear away. Knows nothing of any step.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

from bot.bundle.files import write_whole
from owner.errors import StepError
from owner.locks import is_locked
from owner.project import environment

Status = Literal["none", "running", "done", "stopped", "failed"]

_LEAST_FREE = 50_000_000
"""Bytes on a disk below which a job that ended without a word most likely found it full."""
_MISUSED = 2
"""The exit code of a command whose options cannot be."""
_KEPT_LINES = 200
_RECENT = 60.0
"""Seconds that tell the pace."""
_PATIENCE = 20.0
_PAUSE = 0.05


class Command(TypedDict):
    """One command of a job: its name, and the words after ``python -m``.

    An ``extra`` may fail without ending the job, and says which stages it has: within each of them its training alone
    tells how far that is.
    """

    name: str
    words: list[str]
    extra: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class JobState:
    """How far a job is.

    ``stage`` is the name that the commands give, such as ``morphemes`` or ``training``; ``fraction`` is of all stages,
    0 to 1, ``seconds_left`` None while nobody can tell. ``error`` is the sentence that it ended with, as the command
    said it (:func:`owner.translation.translated` gives it in another language), or a :class:`owner.errors.StepError`.
    """

    status: Status
    stage: str | None = None
    label: str = ""
    done: int = 0
    total: int | None = None
    fraction: float = 0.0
    seconds_left: float | None = None
    lines: tuple[str, ...] = ()
    error: str | StepError | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of work of a project; of each kind at most one runs."""

    folder: Path

    @property
    def events(self) -> Path:
        """What it says."""
        return self.folder / "events.jsonl"

    @property
    def lock(self) -> Path:
        """What is held while it works."""
        return self.folder / "lock"

    @property
    def stop_request(self) -> Path:
        """What is put there to stop it: on Windows no signal reaches a process that has no window in common."""
        return self.folder / "stop"

    @property
    def order(self) -> Path:
        """What is to be done."""
        return self.folder / "job.json"

    def is_running(self) -> bool:
        """Say whether it works now."""
        return is_locked(self.lock)

    def check_idle(self) -> None:
        """Refuse to touch what a running job works on.

        Raises:
            StepError: it runs.
        """
        if self.is_running():
            raise StepError("runs_already")

    def start(
        self,
        commands: Sequence[Command],
        weights: Mapping[str, float],
        *,
        about: Mapping[str, Any] | None = None,
        working_folder: Path | None = None,
    ) -> None:
        """Begin, or go on where the same commands were stopped.

        ``weights`` are the stages in their order, with the share of the time that each takes; a command's own name is
        its first stage. ``about`` is kept for :meth:`about`. The commands run in ``working_folder``, or where this
        process does.

        Raises:
            StepError: it runs already, or cannot begin.
        """
        self.check_idle()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        order = {"commands": list(commands), "weights": dict(weights), "about": dict(about or {})}
        write_whole(self.order, json.dumps(order, ensure_ascii=False))
        for left in (self.events, self.stop_request):
            left.unlink(missing_ok=True)
        words = [sys.executable, "-m", "owner.worker", str(self.folder.absolute())]
        process = _detached(words, self.folder / "log.txt", working_folder)
        # It holds the lock before it says its first word.
        while process.poll() is None and not self.events.exists():
            time.sleep(_PAUSE)
        if not self.events.exists():
            raise _unsaid(self.folder)

    def stop(self) -> None:
        """Stop it as Ctrl-C does, and wait until what it has so far is kept; started again, it goes on there."""
        if not self.is_running():
            return
        self.stop_request.touch()
        ends = time.monotonic() + _PATIENCE
        while self.is_running() and time.monotonic() < ends:
            time.sleep(_PAUSE)

    def about(self) -> dict[str, Any]:
        """Return what was noted when it was started last; nothing if it never was."""
        return dict(self._order()["about"])

    def state(self) -> JobState:
        """Return how far it is, from what it has said."""
        if not self.events.is_file():
            return JobState("none")
        runs = self.is_running()  # before its words are read: else its last ones could be missed
        return _state(list(self._events()), self._order()["weights"], runs=runs, folder=self.folder)

    def _order(self) -> dict[str, Any]:
        if not self.order.is_file():
            return {"commands": [], "weights": {}, "about": {}}
        content: dict[str, Any] = json.loads(self.order.read_text(encoding="utf-8"))
        return content

    def _events(self) -> Iterator[dict[str, Any]]:
        with self.events.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    event = json.loads(line)
                except ValueError:  # half written
                    continue
                if isinstance(event, dict):
                    yield event


def _detached(words: Sequence[str], log: Path, folder: Path | None) -> "subprocess.Popen[bytes]":
    """Start a process that outlives this one, and hears no Ctrl-C that is meant for it."""
    apart: dict[str, Any]
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    else:
        apart = {"start_new_session": True}
    with log.open("wb") as stream:
        return subprocess.Popen(  # noqa: S603 - our own worker
            words, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, env=environment(), cwd=folder, **apart
        )


def _state(events: Sequence[Mapping[str, Any]], weights: Mapping[str, float], *, runs: bool, folder: Path) -> JobState:
    stages = list(_stages(events))
    known = [event for event in stages if event["stage"] in weights]
    errors = [str(event["error"]) for event in events if "error" in event]
    end = next((event for event in events if "end" in event), None)
    now: Mapping[str, Any] = stages[-1] if stages else {"stage": None, "label": "", "done": 0, "total": None}
    status = _status(end, runs=runs)
    # What an extra ended with is no error of the job, but worth a line.
    kinds = ("line",) if status == "failed" else ("line", "error")
    lines = tuple(str(event[kind]) for event in events for kind in kinds if kind in event)[-_KEPT_LINES:]
    fraction = 1.0 if status == "done" else _fraction(known[-1], weights) if known else 0.0
    return JobState(
        status,
        now["stage"],
        str(now["label"]),
        int(now["done"]),
        now["total"],
        fraction,
        _seconds_left(known, weights) if runs else None,
        lines,
        _why(errors, end, folder) if status == "failed" else None,
    )


def _stages(events: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield the stages as they came; within those of an extra, its training stands for them."""
    extra: Sequence[str] = ()
    within = ""
    for event in events:
        if "stage" not in event:
            continue
        if "extra" in event:  # the worker's own word, with which each command begins
            extra, within = event["extra"], ""
        if not extra or event["stage"] in extra or "extra" in event:
            within = str(event["stage"])
            yield event
        elif event["stage"] == "training" and within in extra:
            yield {**event, "stage": within}


def _status(end: Mapping[str, Any] | None, *, runs: bool) -> Status:
    if end is None:
        return "running" if runs else "failed"
    if end["stopped"]:
        return "stopped"
    return "failed" if end["end"] else "done"


def _why(errors: Sequence[str], end: Mapping[str, Any] | None, folder: Path) -> str | StepError:
    """Return what a job failed by: its own sentence, a command line that could not be, or what most likely happened."""
    if errors:
        return errors[-1]
    return StepError("wrong_flag", log=folder / "log.txt") if end and end["end"] == _MISUSED else _unsaid(folder)


def _unsaid(folder: Path) -> StepError:
    """Return why a job most likely ended without a word."""
    if shutil.disk_usage(folder).free < _LEAST_FREE:
        return StepError("disk_full", folder=folder)
    return StepError("ended_without_a_word", log=folder / "log.txt")


def _fraction(now: Mapping[str, Any], weights: Mapping[str, float]) -> float:
    """Return the share of all stages that is done."""
    names = list(weights)
    before = sum(weights[name] for name in names[: names.index(now["stage"])])
    within = weights[now["stage"]] * min(1.0, now["done"] / now["total"]) if now["total"] else 0.0
    return (before + within) / sum(weights.values())


def _seconds_left(stages: Sequence[Mapping[str, Any]], weights: Mapping[str, float]) -> float | None:
    """Return the time left at the pace of the stage that runs, or None until that shows."""
    if not stages:
        return None
    now = stages[-1]
    same = [event for event in stages if event["stage"] == now["stage"] and event["at"] > now["at"] - _RECENT]
    gone, moved = same[-1]["at"] - same[0]["at"], _fraction(same[-1], weights) - _fraction(same[0], weights)
    if gone < 1 or moved <= 0:
        return None
    return float((1 - _fraction(same[-1], weights)) / moved * gone)
