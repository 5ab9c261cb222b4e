"""Long work goes on by itself, says how far it is, is stopped as by Ctrl-C, and never ends without a sentence."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path
from threading import Thread

import pytest

from owner.errors import StepError
from owner.jobs import Command, Job, JobState
from owner.locks import holding

WEIGHTS = {"first": 1.0, "training": 3.0, "last": 0.0}


def doing(name: str, code: str) -> Command:
    return Command(name=name, words=["timeit", "-n1", "-r1", code])


def said(**event: object) -> str:
    return f"print({json.dumps(event)!r}, flush=True)"


def ended(job: Job) -> JobState:
    while (state := job.state()).status == "running":
        time.sleep(0.05)
    return state


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path / "job")


@pytest.fixture
def sleeping(job: Job) -> Job:
    """Start a job that would take a minute."""
    half = said(at=0, stage="training", label="epoch 1", done=5, total=10)
    job.start([doing("first", f"import time; {half}; time.sleep(60)"), doing("last", "pass")], WEIGHTS)
    while job.state().stage != "training":
        time.sleep(0.05)
    return job


def test_what_never_began_says_so(job: Job) -> None:
    assert job.state().status == "none"


def test_its_commands_are_done_one_after_the_other(job: Job) -> None:
    job.start([doing("first", said(line="one")), doing("last", said(line="two"))], WEIGHTS, about={"of": "this"})
    state = ended(job)
    assert (state.status, state.fraction, state.lines) == ("done", 1.0, ("one", "two"))
    assert job.about() == {"of": "this"}


def test_it_says_how_far_it_is(sleeping: Job) -> None:
    state = sleeping.state()
    sleeping.stop()
    assert (state.status, state.label, state.done, state.total) == ("running", "epoch 1", 5, 10)
    assert state.fraction == (1 + 3 / 2) / 4


def test_a_second_one_does_not_begin_beside_it(sleeping: Job) -> None:
    with pytest.raises(StepError) as refused:
        Job(sleeping.folder).start([doing("first", "pass")], WEIGHTS)
    sleeping.stop()
    assert refused.value.name == "runs_already"


def test_a_stop_ends_the_command_and_begins_no_other(sleeping: Job) -> None:
    sleeping.stop()
    state = sleeping.state()
    assert (state.status, state.stage) == ("stopped", "training")


def test_a_command_that_fails_ends_it_with_its_own_sentence(job: Job) -> None:
    job.start(
        [doing("first", said(error="There is nothing.") + "; raise SystemExit(1)"), doing("last", "pass")], WEIGHTS
    )
    state = ended(job)
    assert (state.status, state.error, state.stage) == ("failed", "There is nothing.", "first")


def test_an_option_that_cannot_be_is_not_taken_for_a_want_of_memory(job: Job) -> None:
    job.start([Command(name="first", words=["timeit", "--misspelt"])], WEIGHTS)
    error = ended(job).error
    assert isinstance(error, StepError)
    assert error.sentence("ko").startswith("--training에 쓸 수 없는 옵션")


def test_an_extra_that_fails_is_told_and_does_not_end_it(job: Job) -> None:
    few = said(error="The room is too small.") + "; raise SystemExit(1)"
    job.start([{**doing("first", few), "extra": ["beside"]}, doing("last", said(line="two"))], WEIGHTS)
    state = ended(job)
    assert (state.status, state.error, state.lines) == ("done", None, ("The room is too small.", "two"))


def test_an_extra_is_one_stage_whatever_it_goes_through(job: Job) -> None:
    inside = [
        said(stage="beside", label="beside", done=0, total=None, at=0),
        said(stage="last", label="last", done=0, total=1, at=0),
        said(stage="training", label="epoch 1", done=1, total=2, at=0),
    ]
    extra: Command = {**doing("first", "; ".join([*inside, "import time; time.sleep(60)"])), "extra": ["beside"]}
    job.start([extra], {"first": 0.0, "training": 3.0, "beside": 1.0})
    while not (state := job.state()).total:
        time.sleep(0.05)
    job.stop()
    assert (state.stage, state.label, state.fraction) == ("beside", "epoch 1", (3 + 1 / 2) / 4)


@pytest.mark.skipif(os.name != "posix", reason="killed as a system without memory does it")
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone has such a kill")
def test_it_goes_on_when_whoever_started_it_is_killed(job: Job) -> None:
    start = (
        "import os, pathlib, owner.jobs\n"
        f"job = owner.jobs.Job(pathlib.Path({str(job.folder)!r}))\n"
        f"job.start([{doing('first', 'import time; time.sleep(1)')!r}, {doing('last', 'pass')!r}], {WEIGHTS!r})\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", start], check=False).returncode == -signal.SIGKILL
    assert job.is_running()
    assert ended(job).status == "done"


def test_a_kill_is_seen_and_told(sleeping: Job) -> None:
    pid = json.loads(sleeping.events.read_text(encoding="utf-8").splitlines()[0])["pid"]
    os.killpg(pid, signal.SIGKILL)
    state = ended(sleeping)
    assert isinstance(state.error, StepError)
    assert (state.status, state.error.name) == ("failed", "ended_without_a_word")
    assert "start it again" in state.error.sentence("en")


def test_where_the_disk_is_full_that_is_what_is_said(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    job.start([doing("first", "raise SystemExit(1)")], WEIGHTS)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12, 0))
    error = ended(job).error
    assert isinstance(error, StepError)
    assert error.name == "disk_full"
    assert "가득" in error.sentence("ko_KR.UTF-8")


def test_many_look_whether_it_works_and_none_takes_anothers_look_for_work(tmp_path: Path) -> None:
    job, seen = Job(tmp_path), list[bool]()
    job.lock.touch()

    def look() -> None:
        seen.extend(job.is_running() for _ in range(2_000))

    lookers = [Thread(target=look) for _ in range(4)]
    for looker in lookers:
        looker.start()
    with holding(job.lock):  # nor is who works kept off by them
        assert job.is_running()
        seen.clear()
        during = [job.is_running() for _ in range(50)]
    for looker in lookers:
        looker.join()
    assert all(during)
    assert not job.is_running()
