"""Several who ask at once: what they ask is read together, and nobody's answer hangs on the others."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.inference.batching import Job, Question, alone, together
from bot.inference.models import LoadedModels, open_models
from bot.inference.text_session import TextSession
from bot.inference.worker import Slow, Worker


class Doubles:
    """Answers each row with its double; of 13 it knows nothing."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, rows: Sequence[int]) -> np.ndarray:
        self.batches.append(list(rows))
        self.gate.wait(60)
        if 13 in rows:
            raise ZeroDivisionError
        return 2 * np.array(rows)


def doubling(network: Doubles, *rows: int, times: int = 1) -> Job[list[int]]:
    """Ask for the double of some numbers, and of what comes out again."""
    answers = np.array(rows)
    for _ in range(times):
        answers = yield Question(network, answers.tolist())
    return answers.tolist()


@pytest.fixture
def worker() -> Any:
    worker = Worker(queue_size=64, patience=600)
    yield worker
    worker.close()


@pytest.fixture
def models(bundle: Path) -> LoadedModels:
    return open_models(bundle)


def test_jobs_that_go_together_ask_at_the_same_time_and_each_gets_its_own() -> None:
    network = Doubles()
    jobs = [doubling(network, 1, 2), doubling(network, 3, times=2), doubling(network, times=0)]
    assert alone(together(jobs)) == [[2, 4], [12], []]
    assert network.batches == [[1, 2, 3], [6]]


async def test_what_those_who_ask_at_once_want_to_know_is_read_together(worker: Worker) -> None:
    network = Doubles()
    answers = await asyncio.gather(*(worker.run(doubling(network, number, times=3)) for number in range(10)))
    assert answers == [[8 * number] for number in range(10)]
    assert len(network.batches) < 20


async def test_who_asks_later_joins_those_who_are_under_way(worker: Worker) -> None:
    network = Doubles()
    network.gate.clear()
    first = asyncio.ensure_future(worker.run(doubling(network, 1, times=3)))
    while not network.batches:  # noqa: ASYNC110 - the network is asked on another thread
        await asyncio.sleep(0.001)
    later = asyncio.ensure_future(worker.run(doubling(network, 100)))
    await asyncio.sleep(0)
    network.gate.set()
    assert await asyncio.gather(first, later) == [[8], [200]]
    assert network.batches == [[1], [2, 100], [4]]


async def test_a_question_that_cannot_be_answered_takes_no_other_with_it(worker: Worker) -> None:
    network = Doubles()
    answers = await asyncio.gather(
        *(worker.run(doubling(network, number)) for number in (11, 12, 13, 14)), return_exceptions=True
    )
    assert [answers[0], answers[1], answers[3]] == [[22], [24], [28]]
    assert isinstance(answers[2], ZeroDivisionError)


async def test_a_job_whose_asker_has_gone_is_not_gone_on_with() -> None:
    worker, network = Worker(queue_size=4, patience=0.05), Doubles()
    with pytest.raises(Slow):
        await worker.run(doubling(network, 0, times=10**9))
    assert await worker.run(doubling(network, 1), deferred=True) == [2]
    asked = len(network.batches)
    await asyncio.sleep(0.05)
    worker.close()
    assert len(network.batches) == asked


async def test_the_same_seed_says_the_same_whoever_asks_beside_it(
    worker: Worker, models: LoadedModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.inference.text_session._MOST_STATES", 40)  # what was read is forgotten meanwhile
    words = ["윤혜", "오늘", "ㅋㅋㅋ", "밥", "생일 축하", "킹받네"]
    asked = [(words[at % 6], (3, 8, None, 20)[at % 4], (0.8, 0.0, 1.5)[at % 3], at) for at in range(12)]
    one_by_one = [models.speaker.say(*each) for each in asked]
    fill = models.filler.filling(("오늘 ", " 먹자"), 0.8, 3) if models.filler else doubling(Doubles())
    at_once = await asyncio.gather(
        worker.run(models.answerer.answering("오늘 뭐 먹지", "윤혜", 0.8, 5)),
        worker.run(fill),
        *(worker.run(models.speaker.saying(*each)) for each in asked),
    )
    assert at_once[2:] == one_by_one
    assert at_once[0] == alone(models.answerer.answering("오늘 뭐 먹지", "윤혜", 0.8, 5))


async def test_those_who_ask_at_once_take_fewer_runs_of_the_network(
    worker: Worker, models: LoadedModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, log_probs = list[int](), TextSession.log_probs
    monkeypatch.setattr(TextSession, "log_probs", lambda own, rows: (runs.append(len(rows)), log_probs(own, rows))[1])
    for seed in range(4):
        models.speaker.say("오늘", 8, 0.8, seed)
    one_by_one, door = len(runs), threading.Event()
    held = asyncio.ensure_future(worker.run(door.wait))
    jobs = [models.speaker.saying("오늘", 8, 0.8, seed) for seed in range(4)]
    asked = [asyncio.ensure_future(worker.run(job)) for job in jobs]
    await asyncio.sleep(0)
    door.set()
    await asyncio.gather(held, *asked)
    assert len(runs) - one_by_one < 0.7 * one_by_one
