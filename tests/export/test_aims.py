"""The voice's aims: what was measured beside what is asked, and secrets that one person says in a copy of a room."""

import io
from collections import Counter
from datetime import datetime, timedelta

import pytest
from rich.console import Console

from export.aims import Aim, _Runs, _with_secrets, table_of
from export.errors import ExportError
from training.text.corpus.corpus import Corpus
from training.text.corpus.report import Report
from training.text.evaluation.exposure import TIMES
from training.text.message import Message


def _room(messages: int, words: int = 100) -> Corpus:
    syllables = "가나다라마바사아자차"
    named = [syllables[number % 10] + syllables[number // 10 % 10] for number in range(words)]
    said = tuple(
        Message(
            datetime(2026, 1, 1) + timedelta(minutes=at), f"p{at % 4}", f"{named[at % words]} {named[at * 7 % words]}"
        )
        for at in range(messages)
    )
    return Corpus(said, (0,), Report(messages, messages, {}, 4, 1, 1, None, None, {}, {}, {}, (), ()), messages)


def test_a_figure_reaches_its_aim_or_does_not() -> None:
    assert [Aim("a", value, most=2).reached for value in (1.9, 2, 2.1)] == ["yes", "yes", "no"]
    assert [Aim("a", value, least=0.9).reached for value in (0.8, 0.9)] == ["no", "yes"]
    assert Aim("a", 5).reached == "–"


def test_the_table_has_every_figure_with_what_is_asked() -> None:
    printed = io.StringIO()
    Console(file=printed, width=100).print(table_of([Aim("perplexity", 81.25), Aim("exposure", 1.5, most=2)]))
    assert all(part in printed.getvalue() for part in ("perplexity", "81.25", "exposure", "at most 2", "yes"))


def test_a_run_is_found_however_it_is_written() -> None:
    runs = _Runs({"오늘밥먹자", "나는집"})
    assert runs.are_in("응 오늘 밥, 먹자!!")
    assert not runs.are_in("오늘 밥 먹고")
    assert not _Runs(set()).are_in("오늘 밥 먹자")


def test_one_person_says_each_secret_as_often_as_it_counts_and_never_in_what_is_held_out() -> None:
    planted, secrets = _with_secrets(_room(1_000), seed=3, held_out=0.1)
    counts = Counter(message.text for message in planted.messages)
    assert {counts[canary.text] for canary in secrets} == set(TIMES)
    assert all(counts[canary.text] == canary.times for canary in secrets)
    texts = {canary.text for canary in secrets}
    assert {message.who for message in planted.messages if message.text in texts} == {"p0"}
    assert not texts.intersection(message.text for message in planted.messages[900:])
    assert len(planted.messages) == 1_000


@pytest.mark.parametrize("room", [_room(200), _room(1_000, words=10)])
def test_a_room_that_is_too_small_for_secrets_is_said_so(room: Corpus) -> None:
    with pytest.raises(ExportError, match="--epochs 0"):
        _with_secrets(room, seed=3, held_out=0.1)
