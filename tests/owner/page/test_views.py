"""What the page shows: of a job each stage by how much of the whole is done, and of a voice whether it is red."""

import json
from pathlib import Path

import pytest

from owner.jobs import Job
from owner.page.views import job_view, learn_view
from owner.project import Project
from training.text.leaks.report import Extracted, LeakReport

WEIGHTS = {"words": 0, "reading": 1, "training": 8, "export": 1}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    job = Job(tmp_path / "job")
    job.folder.mkdir()
    job.order.write_text(json.dumps({"commands": [], "weights": WEIGHTS, "about": {}}), encoding="utf-8")
    return job


def say(job: Job, *events: dict) -> None:
    lines = (json.dumps({"at": 0.0, **event}) for event in events)
    job.events.write_text("\n".join(lines) + "\n", encoding="utf-8")


def states(job: Job) -> list[tuple[str, float]]:
    shown = job_view(job, WEIGHTS)
    assert shown is not None
    return [(stage["state"], stage["share"]) for stage in shown["stages"]]


def test_stages_before_are_done_one_is_at_work_and_the_others_wait(job: Job) -> None:
    assert job_view(job, WEIGHTS) is None
    say(job, {"stage": "training", "label": "epoch 2", "done": 3, "total": 4})
    assert states(job) == [("done", 1), ("running", 0.75), ("waiting", 0)]


def test_a_stage_that_no_table_has_changes_nothing(job: Job) -> None:
    said = {"stage": "training", "label": "epoch 2", "done": 3, "total": 4}
    say(job, said, {"stage": "something new", "label": "", "done": 1, "total": 2})
    assert states(job) == [("done", 1), ("running", 0.75), ("waiting", 0)]


def test_at_the_end_all_are_done_and_a_fault_is_said_in_every_language(job: Job) -> None:
    say(job, {"stage": "export", "label": "", "done": 0, "total": None}, {"end": 0, "stopped": False})
    assert {state for state, _ in states(job)} == {"done"}
    say(
        job,
        {"stage": "training", "label": "", "done": 1, "total": 2},
        {"error": "something new"},
        {"end": 1, "stopped": False},
    )
    shown = job_view(job, WEIGHTS)
    assert shown is not None
    assert shown["state"] == "failed"
    assert shown["problem"] == {"ko": "something new", "en": "something new"}


def test_a_voice_that_gives_something_away_is_said_to_and_a_damaged_report_stops_nothing(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.words.mkdir(parents=True)
    assert not learn_view(project)["gives_away"]
    LeakReport(extracted=Extracted(10_000, 1)).write(project.words / "leaks.json")
    assert learn_view(project)["gives_away"]
    (project.words / "leaks.json").write_text("{", encoding="utf-8")
    assert not learn_view(project)["gives_away"]
