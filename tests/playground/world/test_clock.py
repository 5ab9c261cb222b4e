"""The playground's clock, turned: by whom it is turned and what waits for it."""

import asyncio
from datetime import UTC, datetime, timedelta

from playground.world.clock import DAY, AdjustableClock, ClockControl
from tests.patience import PATIENCE

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
A_MOMENT = timedelta(seconds=5)


class Bot:
    """Does what is due on a list, a little later than it is due, and says on which day of the clock it did."""

    def __init__(self, clock: AdjustableClock, *events: datetime) -> None:
        self.clock = clock
        self.events = list(events)
        self.done: list[datetime] = []

    async def next(self, now: datetime) -> datetime | None:
        del now
        return self.events[0] if self.events else None

    async def run(self) -> None:
        while self.events:
            await self.clock.sleep_until(self.events[0])
            await asyncio.sleep(0.1)
            self.done.append(self.clock.now())
            self.events.pop(0)


def _near(moment: datetime, wanted: datetime) -> bool:
    return timedelta() <= moment - wanted < A_MOMENT


async def test_who_sleeps_wakes_when_the_clock_is_turned() -> None:
    clock = AdjustableClock(NOON)
    sleeping = asyncio.create_task(clock.sleep_until(NOON + 30 * DAY))
    clock.turn(NOON + 29 * DAY)
    await asyncio.sleep(0.05)
    assert not sleeping.done()
    clock.turn(NOON + 30 * DAY)
    await asyncio.wait_for(sleeping, PATIENCE)


async def test_a_jump_goes_to_the_next_event_and_waits_for_the_bot() -> None:
    clock = AdjustableClock(NOON)
    bot = Bot(clock, NOON + 10 * DAY, NOON + 20 * DAY)
    running = asyncio.create_task(bot.run())
    clock_control = ClockControl(clock, bot.next)
    assert _near(await clock_control.jump(), NOON + 10 * DAY)
    assert len(bot.done) == 1
    # Two who press at once: the second goes on only when the bot has done what came first.
    await asyncio.gather(clock_control.jump(), clock_control.jump())
    assert _near(bot.done[1], NOON + 20 * DAY)
    assert _near(clock.now(), NOON + 21 * DAY)
    await running


async def test_without_events_a_jump_is_a_day() -> None:
    clock = AdjustableClock(NOON)
    assert _near(await ClockControl(clock).jump(), NOON + DAY)


async def test_time_that_passes_stops_at_every_event_so_that_nothing_is_late() -> None:
    clock = AdjustableClock(NOON)
    events = [NOON + timedelta(hours=hours) for hours in (5, 30, 31, 300)]
    bot = Bot(clock, *events, NOON + 90 * DAY)
    running = asyncio.create_task(bot.run())
    await ClockControl(clock, bot.next).advance(30 * DAY)
    assert len(bot.done) == len(events)
    assert all(map(_near, bot.done, events))
    assert _near(clock.now(), NOON + 30 * DAY)
    running.cancel()


async def test_a_bot_that_never_gets_done_does_not_hold_time_up(monkeypatch) -> None:
    monkeypatch.setattr("playground.world.clock.PATIENCE", 0.1)
    clock = AdjustableClock(NOON)
    assert _near(await ClockControl(clock, Bot(clock, NOON).next).jump(), NOON + DAY)
