"""The copy of a room with secrets in it: learnt by another process beside the rest, which ends with this one's work."""

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.training.text.exports import in_turn, write_export
from training.text import planted_copy
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.networks import config_of
from training.text.planted_copy import learn_copy, learning_beside
from training.text.run import TextRun
from training.text.tokenization import morpheme_cache, morphemes

WORDS = ("밥", "커피", "영화", "시험")
SMALL = config_of({"epochs": 1, "embedding": 4, "hidden": 4, "batch": 64, "from_nothing": True})

Given = tuple[TextRun, Corpus, TextConfig, Path]


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """Return where to learn what, as small as it may be; its words are cut already, and no process starts Java."""
    monkeypatch.setattr(planted_copy, "_WORTH_A_PROCESS", 100)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    lines = [f"{WORDS[at % 4]} {WORDS[at % 3]}" for at in range(120)]
    morpheme_cache.add(tmp_path / "cache", morphemes._MAKER, {word: (word,) for word in WORDS})
    chat = write_export(tmp_path / "KakaoTalk_Chat_room.csv", in_turn(lines, ("윤혜", "정훈")))
    return TextRun(tmp_path / "copy"), read_corpus([chat]), SMALL, tmp_path / "cache"


def test_it_is_learnt_while_this_process_does_something_else_and_once(given: Given) -> None:
    copy = given[0]
    with learning_beside(*given) as wait:
        assert len(multiprocessing.active_children()) == 1
        assert not copy.is_finished
        wait()
        assert copy.is_finished
    learnt = copy.best.stat().st_mtime_ns
    learn_copy(*given)
    assert copy.best.stat().st_mtime_ns == learnt


def test_where_this_process_is_stopped_the_other_one_ends_and_the_copy_can_still_be_learnt(given: Given) -> None:
    with pytest.raises(KeyboardInterrupt), learning_beside(*given):
        assert len(multiprocessing.active_children()) == 1
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
    assert not given[0].is_finished
    learn_copy(*given)
    assert given[0].is_finished


def test_a_small_room_is_worth_no_process(given: Given) -> None:
    copy, room, *how = given
    with learning_beside(copy, replace(room, messages=room.messages[:99]), *how) as wait:
        assert multiprocessing.active_children() == []
        wait()
    assert not copy.is_finished
