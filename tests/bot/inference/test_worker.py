"""The one door: jobs go through one at a time, the queue has an end, and who leaves is not served."""

import asyncio
import threading
import time

import pytest

from bot.inference.worker import Busy, Worker


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


async def test_who_waits_too_long_is_told_and_the_job_is_never_begun() -> None:
    worker = Worker(queue_size=3, patience=0.05)
    begun: list[bool] = []
    first = asyncio.ensure_future(worker.run(lambda: time.sleep(0.2)))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await worker.run(lambda: begun.append(True))
    with pytest.raises(Busy):
        await first
    await asyncio.sleep(0.3)
    worker.close()
    assert not begun


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
