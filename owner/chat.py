"""The step Chat: exports are added and read; what was found in them, and who is there.

Reading is a job, for a large room takes a minute. Needs no torch, but what reads exports (the extra "train").
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from owner.environment import require_training
from owner.errors import StepError
from owner.jobs import Command, Job
from owner.project import Project
from owner.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote: the name that is used, all names there are, and how many messages are left after cleaning."""

    name: str
    names: tuple[str, ...]
    messages: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``report`` is :meth:`training.text.corpus.report.Report.to_json`: counts alone."""

    report: dict[str, Any]
    people: tuple[Person, ...]
    files: tuple[str, ...]
    """The files it was read from, as :func:`fingerprints` names them."""


def exports(project: Project) -> Uploads:
    """Return the exports, or zips of some; parts of one in their order."""
    return Uploads(project.chat)


def job(project: Project) -> Job:
    """Return the job that reads."""
    return Job(project.jobs / "read")


def start_reading(project: Project) -> Job:
    """Read all exports; :func:`reading` returns what was found when the job is done.

    Raises:
        StepError: there is none, what reads them is not installed, or it runs already.
    """
    require_training()
    if not exports(project).files:
        raise StepError("no_exports")
    reading_job = job(project)
    command = Command(name="reading", words=["owner.reading", "--events", str(project.folder.absolute())])
    reading_job.start([command], {"reading": 1}, working_folder=project.folder)
    return reading_job


def reading(project: Project) -> Reading | None:
    """Return what was read last, or None where nothing was, or where the exports are others by now."""
    if not project.reading.is_file():
        return None
    content = json.loads(project.reading.read_text(encoding="utf-8"))
    people = tuple(Person(each["name"], tuple(each["names"]), each["messages"]) for each in content["people"])
    found = Reading(content["report"], people, tuple(content["files"]))
    return found if found.files == tuple(fingerprints(project)) else None


def fingerprints(project: Project) -> Iterator[str]:
    """Yield a line for each export that changes when the export does."""
    for file in exports(project).files:
        status = file.stat()
        yield f"{file.name} {status.st_size} {status.st_mtime_ns}"
