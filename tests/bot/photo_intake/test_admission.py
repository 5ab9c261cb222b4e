"""Photos are counted in before anything is fetched: few at once, few of one person, and not for ever."""

import asyncio

import pytest

from bot.i18n import UserFacingError
from bot.inference.worker import Busy
from bot.photo_intake.admission import Admission


async def stays(admission: Admission, person: int, until: asyncio.Event, most: int = 1) -> None:
    async with admission.of(person, most):
        await until.wait()


async def test_one_person_has_one_photo_here_and_another_when_it_is_done() -> None:
    admission, done = Admission(at_once=3), asyncio.Event()
    first = asyncio.ensure_future(stays(admission, 1, done))
    await asyncio.sleep(0)
    with pytest.raises(UserFacingError):
        await stays(admission, 1, done)
    done.set()
    await first
    await stays(admission, 1, done)


async def test_few_are_in_at_once_and_who_is_too_many_is_told_at_once() -> None:
    admission, done, inside = Admission(at_once=2, most_waiting=3, patience=5), asyncio.Event(), 0

    async def come(person: int) -> None:
        nonlocal inside
        async with admission.of(person):
            inside += 1
            await done.wait()

    coming = [asyncio.ensure_future(come(person)) for person in range(5)]
    await asyncio.sleep(0.01)
    assert inside == 2
    with pytest.raises(Busy):
        await come(9)
    done.set()
    await asyncio.gather(*coming)
    assert inside == 5


async def test_a_turn_that_does_not_come_is_given_up_and_forgotten() -> None:
    admission, done = Admission(at_once=1, patience=0.02), asyncio.Event()
    first = asyncio.ensure_future(stays(admission, 1, done))
    await asyncio.sleep(0)
    for _ in range(3):
        with pytest.raises(Busy):
            await stays(admission, 2, done)
    done.set()
    await first
    await stays(admission, 2, done)


async def test_who_would_wait_too_long_is_told_at_once_by_how_long_photos_take_now() -> None:
    clock = iter(range(0, 10_000, 40))
    admission, done = Admission(at_once=1, patience=25, clock=lambda: float(next(clock))), asyncio.Event()
    done.set()
    await stays(admission, 1, done)  # it takes 40 seconds: more than one is expected of the next
    done.clear()
    coming = [asyncio.ensure_future(stays(admission, person, done)) for person in (1, 2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await stays(admission, 3, done)
    done.set()
    await asyncio.gather(*coming)
