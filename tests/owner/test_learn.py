"""What was learnt is learnt again where the chat or who agreed is another, and never passes for what it is not."""

import io
import json
import time
from pathlib import Path

import pytest

from owner import chat, learn, people
from owner.errors import StepError
from owner.jobs import Command, Job, JobState
from owner.project import Project
from training.text.consent.people import Consent
from training.text.leaks.report import Extracted, LeakReport

PEOPLE = [{"name": name, "names": [name], "messages": 100} for name in ("윤혜", "정훈")]


def ended(job: Job) -> JobState:
    while (state := job.state()).status == "running":
        time.sleep(0.05)
    return state


def read(project: Project, *names: str) -> None:
    """Add exports, and note that they were read."""
    for name in names:
        chat.exports(project).add(name, io.BytesIO(name.encode()))
    content = {"report": {}, "people": PEOPLE, "files": list(chat.fingerprints(project))}
    project.reading.write_text(json.dumps(content), encoding="utf-8")


def agree(project: Project, name: str, consent: Consent = Consent.YES) -> None:
    people.change(project, lambda known: known.decided(name, consent))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "room")
    project.make()
    read(project, "first.txt")
    agree(project, "윤혜")
    return project


@pytest.fixture
def trained(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let training be a moment that leaves a report, or fails; return what was trained and exported."""
    done: list[str] = []

    def train(project: Project, _: object) -> Command:
        done.append("trained")
        full = (project.folder / "full").exists()
        what = "raise SystemExit(1)" if full else f"import pathlib; p = pathlib.Path({str(project.words)!r}); "
        what += "" if full else "p.mkdir(); (p / 'report.json').write_text('{}')"
        return Command(name="words", words=["timeit", "-n1", "-r1", what])

    def export(_: Project, *, accept_leaks: bool) -> Command:
        done.append("exported with leaks" if accept_leaks else "exported")
        return Command(name="export", words=["timeit", "-n1", "-r1", "pass"])

    def train_beside(_: Project, *, everyone_agreed: bool) -> Command:
        done.append("trained for all" if everyone_agreed else "trained beside")
        return Command(name="beside", words=["timeit", "-n1", "-r1", "raise SystemExit(1)"], extra=[*learn.PARTS])

    monkeypatch.setattr(learn, "_train", train)
    monkeypatch.setattr(learn, "_train_beside", train_beside)
    monkeypatch.setattr(learn, "export_command", export)
    return done


def test_the_same_is_not_learnt_twice(project: Project, trained: list[str]) -> None:
    assert not learn.is_done(project)
    assert ended(learn.start(project)).status == "done"
    assert learn.is_done(project)
    assert not learn.is_stale(project)
    ended(learn.start(project))
    assert sorted(trained) == ["exported", "exported", "trained", "trained beside", "trained beside"]
    ended(learn.start(project, anew=True))
    assert trained.count("trained") == 2


def test_what_broke_off_never_passes_for_finished_by_the_report_of_before(project: Project, trained: list[str]) -> None:
    ended(learn.start(project))
    read(project, "second.txt")
    assert learn.is_stale(project)
    (project.folder / "full").touch()
    assert ended(learn.start(project)).status == "failed"
    assert not learn.is_done(project)
    (project.folder / "full").unlink()
    assert ended(learn.start(project)).status == "done"
    assert trained.count("trained") == 3


def test_who_changes_their_mind_is_heard(project: Project, trained: list[str]) -> None:
    ended(learn.start(project))
    agree(project, "정훈")
    assert learn.is_stale(project)
    agree(project, "정훈", Consent.UNKNOWN)
    assert not learn.is_stale(project)
    people.change(project, lambda known: known.tied("윤혜", 123456789012345678))
    assert not learn.is_stale(project)
    project.data.mkdir()
    (project.data / "withdrawals.tsv").write_text("123456789012345678\t2026-11-26T10:00:00+00:00\n", encoding="utf-8")
    assert learn.is_stale(project)
    with pytest.raises(StepError, match="Nobody has agreed yet"):
        learn.start(project)


def test_nothing_is_learnt_from_what_was_not_read(project: Project) -> None:
    chat.exports(project).add("more.txt", io.BytesIO(b"more"))
    with pytest.raises(StepError, match="not been read as they are now"):
        learn.start(project)


def test_a_voice_that_gives_something_away_becomes_a_bundle_by_the_owners_word_alone(
    project: Project, trained: list[str]
) -> None:
    assert not learn.gives_away(project)
    ended(learn.start(project))
    LeakReport(extracted=Extracted(2_000, 1)).write(project.words / "leaks.json")
    assert learn.gives_away(project)
    ended(learn.start(project, accept_leaks=True))
    assert [what for what in trained if "beside" not in what] == ["exported", "trained", "exported with leaks"]
