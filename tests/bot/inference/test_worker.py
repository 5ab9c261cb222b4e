"""A lane: jobs go through one at a time, the queue has an end, who leaves is not served, and nothing stops it."""

import asyncio
import threading
import time
from collections import Counter

import pytest

from bot.inference.worker import Busy, Slow, Worker, Workers, whose_turn
from tests.patience import PATIENCE


async def test_a_job_runs_on_another_thread_one_at_a_time() -> None:
    worker = Worker(queue_size=10)
    inside = 0
    seen: list[int] = []

    def job() -> str:
        nonlocal inside
        inside += 1
        seen.append(inside)
        time.sleep(0.002)
        inside -= 1
        return threading.current_thread().name

    names = await asyncio.gather(*(worker.run(job) for _ in range(8)))
    worker.close()
    assert set(seen) == {1}
    assert set(names) != {threading.current_thread().name}


async def test_a_full_queue_says_so_at_once_and_serves_the_rest() -> None:
    worker = Worker(queue_size=3)
    answers = await asyncio.gather(*(worker.run(lambda: time.sleep(0.01)) for _ in range(5)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [type(None)] * 3 + [Busy] * 2
    await worker.run(lambda: None)  # there is room again
    worker.close()


async def _after(worker: Worker, door: threading.Event, *asked: tuple[str, int]) -> list[str]:
    """Return whose jobs were done, in their order, where all places had asked so often before the first was begun."""
    done: list[str] = []

    async def ask(place: str) -> None:
        whose_turn.set(place)
        await worker.run(lambda: done.append(place), deferred=True)

    held = asyncio.ensure_future(worker.run(lambda: door.wait(PATIENCE), deferred=True))
    await asyncio.sleep(0.05)
    tasks = [asyncio.create_task(ask(place)) for place, often in asked for _ in range(often)]
    await asyncio.sleep(0.05)
    door.set()
    answers = await asyncio.gather(held, *tasks, return_exceptions=True)
    assert {type(answer) for answer in answers} <= {bool, type(None), Busy}
    assert await worker.run(lambda: "goes on", deferred=True) == "goes on"
    worker.close()
    return done


async def test_places_take_turns_however_much_one_of_them_asks() -> None:
    done = await _after(Worker(queue_size=64), threading.Event(), ("flood", 20), ("one", 1), ("two", 2))
    assert done[:5] == ["flood", "one", "two", "flood", "two"]
    assert len(done) == 23


async def test_where_the_queue_is_full_who_asks_most_makes_room_for_another() -> None:
    done = await _after(Worker(queue_size=8), threading.Event(), ("flood", 20), ("one", 1), ("two", 3), ("flood", 1))
    # One is under way, seven wait: the flood has lost its last ones, but none to somebody who asks as much.
    assert Counter(done) == {"flood": 3, "one": 1, "two": 3}


async def test_who_waits_too_long_is_told_and_the_job_is_never_begun() -> None:
    worker = Worker(queue_size=3, patience=0.05)
    begun: list[bool] = []
    first = asyncio.ensure_future(worker.run(lambda: time.sleep(0.2)))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await worker.run(lambda: begun.append(True))
    with pytest.raises(Slow):
        await first
    await asyncio.sleep(0.3)
    worker.close()
    assert not begun


async def test_where_more_ask_than_can_be_served_those_whose_turn_comes_are_served() -> None:
    worker = Worker(queue_size=64, patience=0.8)
    asked = (worker.run(lambda: time.sleep(0.04)) for _ in range(40))
    answers = Counter(type(answer) for answer in await asyncio.gather(*asked, return_exceptions=True))
    worker.close()
    assert answers.keys() == {type(None), Busy}
    assert answers[type(None)] >= 2


async def test_a_burst_may_wait_and_a_queue_that_stands_may_not() -> None:
    now = [0.0]
    door = threading.Event()
    worker = Worker(queue_size=9, patience=40, congested_patience=0.02, clock=lambda: now[0])
    first = asyncio.ensure_future(worker.run(door.wait))
    await asyncio.sleep(0)
    now[0] = 19
    in_a_burst = asyncio.ensure_future(worker.run(lambda: "came to its turn"))
    await asyncio.sleep(0)
    now[0] = 21
    with pytest.raises(Busy):
        await worker.run(lambda: None)
    assert not in_a_burst.done()
    whose_turn.set("another place")  # has no queue that stands
    of_another = asyncio.ensure_future(worker.run(lambda: "came, too"))
    await asyncio.sleep(0.1)
    whose_turn.set(None)
    door.set()
    assert (await in_a_burst, await of_another) == ("came to its turn", "came, too")
    await first
    # It was empty: what comes now may wait again.
    door.clear()
    held = asyncio.ensure_future(worker.run(door.wait))
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(worker.run(lambda: "too"))
    await asyncio.sleep(0.1)
    door.set()
    assert await waiting == "too"
    await held
    worker.close()


async def test_a_job_whose_asker_has_gone_is_never_begun() -> None:
    worker = Worker(queue_size=3)
    begun: list[bool] = []
    first = asyncio.ensure_future(worker.run(lambda: time.sleep(0.05)))
    gone = asyncio.ensure_future(worker.run(lambda: begun.append(True)))
    await asyncio.sleep(0.01)
    gone.cancel()
    await first
    worker.close()
    assert gone.cancelled()
    assert not begun


async def test_what_a_job_raises_comes_back_to_its_asker() -> None:
    worker = Worker(queue_size=1)
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 / 0)
    worker.close()


async def test_patience_is_for_the_queue_and_a_job_that_has_begun_takes_its_time_where_the_asker_was_told_to_wait() -> (
    None
):
    worker = Worker(queue_size=3, patience=0.05, deferred_patience=0.05)
    assert await worker.run(lambda: time.sleep(0.2) or "done", deferred=True) == "done"
    with pytest.raises(Slow):
        await worker.run(lambda: time.sleep(0.2))
    with pytest.raises(Busy):
        await worker.run(lambda: None, deferred=True)
    worker.close()


async def test_words_do_not_wait_for_pictures() -> None:
    workers, door = Workers.of(8), threading.Event()
    held = asyncio.ensure_future(workers.pictures.run(lambda: door.wait(5), deferred=True))
    assert await workers.words.run(lambda: "word") == "word"
    assert not held.done()
    door.set()
    await held
    workers.close()


async def test_an_overdue_job_is_told_of_and_others_go_on_without_it() -> None:
    worker, door = Worker(queue_size=3, patience=0.05, deferred_patience=0.05, limit=0.1), threading.Event()
    with pytest.raises(Slow):
        await worker.run(door.wait, deferred=True)
    assert not worker.is_well
    assert await worker.run(lambda: "next") == "next"
    assert worker.is_well
    door.set()
    worker.close()


async def test_what_waits_behind_an_overdue_job_is_not_lost() -> None:
    worker, door = Worker(queue_size=3, patience=0.05, deferred_patience=5, limit=0.2), threading.Event()
    with pytest.raises(Slow):
        await worker.run(door.wait)
    waits = asyncio.ensure_future(worker.run(lambda: "served", deferred=True))
    while worker.is_well:  # noqa: ASYNC110 - as health asks
        await asyncio.sleep(0.01)
    assert await waits == "served"
    door.set()
    worker.close()


async def test_threads_for_jobs_that_never_end_do_not_pile_up() -> None:
    worker, door = Worker(queue_size=10, patience=0.02, deferred_patience=0.02, limit=0.02), threading.Event()
    before = threading.active_count()
    for _ in range(10):
        with pytest.raises((Slow, Busy)):
            await worker.run(door.wait, deferred=True)
    assert threading.active_count() - before < 5
    assert not worker.is_well
    door.set()
    await asyncio.sleep(0.1)
    assert not worker.is_well
    assert await worker.run(lambda: "well again", deferred=True) == "well again"
    assert worker.is_well
    worker.close()


async def test_closing_does_not_wait_for_a_job_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inference.worker._LEAVES_WITHIN", 0.05)
    worker, door = Worker(queue_size=3, patience=0.05), threading.Event()
    with pytest.raises(Slow):
        await worker.run(door.wait)
    await asyncio.wait_for(asyncio.to_thread(worker.close), 4)
    door.set()
