"""A run folder is private, is never taken for another, and is opened only when it is finished."""

import os
from pathlib import Path

import pytest

from bot.bundle.files import whole
from training.common.errors import RunError
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.run import TextRun, load_text, open_network

CONFIG = TextConfig()


@pytest.fixture
def stopped(tmp_path: Path) -> TextRun:
    run = TextRun(tmp_path / "run")
    run.begin_with("these messages", CONFIG, resumed=False)
    return run


def test_a_new_run_is_for_its_owners_eyes_only(stopped: TextRun) -> None:
    assert stopped.folder.stat().st_mode & 0o777 == 0o700


def test_a_stopped_run_goes_on_with_the_same_settings_and_messages(stopped: TextRun) -> None:
    assert stopped.claim(CONFIG, force=False)
    stopped.begin_with("these messages", CONFIG, resumed=True)


def test_other_settings_are_refused_and_named(stopped: TextRun) -> None:
    with pytest.raises(RunError, match="--hidden 256 there, 64 here"):
        stopped.claim(TextConfig(hidden=64), force=False)


def test_other_messages_are_refused(stopped: TextRun) -> None:
    with pytest.raises(RunError, match="other messages"):
        stopped.begin_with("those messages", CONFIG, resumed=True)


def test_a_finished_run_is_not_trained_over_unless_forced(stopped: TextRun) -> None:
    write_json(stopped.report, {})
    with pytest.raises(RunError, match="finished"):
        stopped.claim(CONFIG, force=False)
    assert not stopped.claim(CONFIG, force=True)
    stopped.begin_with("these messages", CONFIG, resumed=False)
    assert not stopped.is_finished


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_other_things_is_never_touched(tmp_path: Path, force: bool) -> None:
    precious = tmp_path / "config.json"
    precious.write_text('{"name": "somebody else\'s"}')
    with pytest.raises(RunError):
        TextRun(tmp_path).claim(CONFIG, force=force)
    (tmp_path / "config.json").rename(tmp_path / "thesis.txt")
    with pytest.raises(RunError, match="no training run"):
        TextRun(tmp_path).claim(CONFIG, force=force)


@pytest.mark.parametrize("content", [b"", os.urandom(1000), b"PK\x03\x04" + bytes(500)])
def test_a_damaged_checkpoint_is_named(stopped: TextRun, content: bytes) -> None:
    stopped.checkpoints.mkdir()
    stopped.best.write_bytes(content)
    with pytest.raises(RunError, match=r"best\.ckpt is damaged"):
        open_network(stopped, CONFIG, vocabulary=20)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"metrics": {"perplexity": "low"}, "made": {}}'])
def test_a_damaged_report_is_named(stopped: TextRun, content: str) -> None:
    stopped.report.write_text(content)
    with pytest.raises(RunError, match=r"report\.json is damaged"):
        load_text(stopped.folder)


def test_what_cannot_be_written_whole_leaves_the_old_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    with pytest.raises(OSError, match="full"), whole(file) as beside:
        beside.write_text("ne")
        raise OSError("the disk is full")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_an_unfinished_or_missing_run_is_not_loaded(stopped: TextRun, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="not finished"):
        load_text(stopped.folder)
    with pytest.raises(RunError, match="no training run"):
        load_text(tmp_path / "nowhere")
