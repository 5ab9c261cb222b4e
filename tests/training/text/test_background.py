"""Training in the background: by another process beside this one's, which ends with this one's work."""

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.training.text.exports import in_turn, write_export
from training.text import background
from training.text.answers.pipeline import FEWEST_PAIRS
from training.text.answers.run import FOLDER, AnswersRun
from training.text.background import BackgroundTraining
from training.text.corpus.corpus import read_corpus
from training.text.leaks.evaluate import LeakFolder
from training.text.networks import config_of
from training.text.run import TextRun
from training.text.tokenization import morpheme_cache, morphemes

WORDS = ("밥", "커피", "영화", "시험")
SMALL = config_of({"epochs": 1, "embedding": 4, "hidden": 4, "batch": 64, "from_nothing": True})


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BackgroundTraining:
    """Return what is to be learnt, as small as it may be; its words are cut already, and no process starts Java."""
    monkeypatch.setattr(background, "_WORTH_A_PROCESS", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    lines = [f"{WORDS[at % 4]} {WORDS[at % 3]}" for at in range(FEWEST_PAIRS + 1)]
    morpheme_cache.add(tmp_path / "cache", morphemes._MAKER, {word: (word,) for word in WORDS})
    chat = write_export(tmp_path / "KakaoTalk_Chat_room.csv", in_turn(lines, ("윤혜", "정훈")))
    room = read_corpus([chat])
    return BackgroundTraining(TextRun(tmp_path / "run"), room, room, SMALL, tmp_path / "cache")


def copy_of(given: BackgroundTraining) -> TextRun:
    return LeakFolder.of(given.run).copy


def answers_of(given: BackgroundTraining) -> AnswersRun:
    return AnswersRun(given.run.folder / FOLDER)


def test_both_are_learnt_while_this_process_does_something_else_and_once(given: BackgroundTraining) -> None:
    with given.started() as wait:
        assert len(multiprocessing.active_children()) == 1
        assert not copy_of(given).is_finished
        wait()
        learnt = [copy_of(given).best, answers_of(given).report]
        times = [file.stat().st_mtime_ns for file in learnt]
    given.learn_copy()
    given.learn_answers()
    assert [file.stat().st_mtime_ns for file in learnt] == times


def test_where_this_process_is_stopped_the_other_one_ends_and_what_is_left_can_still_be_learnt(
    given: BackgroundTraining,
) -> None:
    with pytest.raises(KeyboardInterrupt), given.started():
        assert len(multiprocessing.active_children()) == 1
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
    assert not copy_of(given).is_finished
    given.learn_copy()
    assert copy_of(given).is_finished


def test_each_process_has_half_of_the_threads_and_afterwards_all_again(given: BackgroundTraining) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    try:
        with given.started():
            assert torch.get_num_threads() == 2
        assert torch.get_num_threads() == 4
    finally:
        torch.set_num_threads(before)


def test_what_takes_a_moment_is_worth_no_process(given: BackgroundTraining) -> None:
    small = replace(given.corpus, messages=given.corpus.messages[:99])
    for little in (replace(given, corpus=small), replace(given, planted=None, answers=False)):
        with little.started() as wait:
            assert multiprocessing.active_children() == []
            wait()
    assert not copy_of(given).is_finished
