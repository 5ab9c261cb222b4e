"""A run folder after a kill at any moment: it is gone on with, or trained anew, and never taken for something else."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from training.common.errors import RunError
from training.common.run_folder import RunFolder
from training.text.config import TextConfig


class _Run(RunFolder[TextConfig]):
    def config_of(self, settings: Mapping[str, Any]) -> TextConfig:
        return TextConfig(**{**settings, "speakers": ()})


class _Killed(BaseException):
    pass


CONFIG, OTHER = TextConfig(seed=1), TextConfig(seed=2)
ABOUT = {"learns": "from this"}


def _finished(folder: Path) -> _Run:
    run = _Run(folder)
    run.begin_with_same(CONFIG, ABOUT, force=False)
    for file in (run.last, run.history, run.report):
        file.write_text("{}", encoding="utf-8")
    return run


def _killed_at(call: int, monkeypatch: pytest.MonkeyPatch, job: Callable[[], object]) -> bool:
    """Do a job, and say whether it was ended before its so many-th change of the disk."""
    left = call

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def change(*args: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise _Killed
            return real(*args, **more)

        return change

    with monkeypatch.context() as patched:
        for name in ("unlink", "mkdir", "replace", "chmod", "write_text"):
            patched.setattr(Path, name, counted(getattr(Path, name)))
        patched.setattr("training.common.run_folder.shutil.rmtree", counted(shutil.rmtree))
        try:
            job()
        except _Killed:
            return True
        return False


def test_killed_at_any_moment_of_its_beginning_the_same_command_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = 0
    while _killed_at(
        call,
        monkeypatch,
        lambda: _Run(tmp_path / str(call)).begin_with_same(CONFIG, ABOUT, force=False),  # noqa: B023 - called at once
    ):
        run = _Run(tmp_path / str(call))
        run.begin_with_same(CONFIG, ABOUT, force=False)
        assert run.read_config() == CONFIG
        call += 1
    assert call > 5


def test_killed_while_it_was_to_be_trained_anew_the_same_command_trains_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = 0
    while _killed_at(
        call,
        monkeypatch,
        lambda: _finished(tmp_path / str(call)).begin_with_same(OTHER, ABOUT, force=True),  # noqa: B023 - as above
    ):
        run = _Run(tmp_path / str(call))
        run.begin_with_same(OTHER, ABOUT, force=True)
        assert run.read_config() == OTHER
        assert not run.last.exists()
        call += 1
    assert call > 10


def test_what_is_no_run_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(RunError, match="is no training run"):
        _Run(tmp_path).begin_with_same(CONFIG, ABOUT, force=True)
    assert (tmp_path / "photo.jpg").read_bytes() == b"mine"
