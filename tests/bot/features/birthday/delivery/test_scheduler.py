"""When the scheduler does what: each birthday at its hour, once, whatever the clock does. On both kinds of database."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.features.birthday.calendar.rules import Birthday, Lunar
from bot.features.birthday.delivery.messenger import Unsure
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.tables import occurrences
from tests.bot.features.birthday.delivery.room import GUILD, NINE, TODAY, Room
from tests.patience import PATIENCE


async def test_a_member_is_congratulated_at_the_groups_hour_and_not_before(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE - timedelta(seconds=1))
    assert room.wishes() == []
    await room.pass_to(NINE + timedelta(days=3))
    (posted,) = room.chat.posted
    assert (posted.users, posted.at, posted.message.days_late) == ([1], NINE, 0)


async def test_it_comes_again_the_next_year_once(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    for year in (2027, 2028, 2029):
        room.clock.moment = NINE.replace(year=year) - timedelta(days=1)
        await room.pass_to(NINE.replace(year=year) + timedelta(hours=1))
    assert [posted.at.year for posted in room.chat.posted] == [2027, 2028, 2029]


async def test_a_lunar_birthday_that_falls_twice_in_a_solar_year_is_congratulated_twice(room: Room) -> None:
    room.clock.moment = datetime(2023, 12, 1, tzinfo=UTC)
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Lunar(12, 1)))
    for eve in (datetime(2024, 1, 10), datetime(2024, 12, 30), datetime(2025, 6, 1), datetime(2026, 1, 18)):
        room.clock.moment = eve.replace(tzinfo=UTC)
        await room.pass_to(room.clock.moment + timedelta(days=2))
    days = [str(posted.message.people[0].occurrence.date) for posted in room.chat.posted]
    assert days == ["2024-01-11", "2024-12-31", "2026-01-19"]


async def test_who_registers_on_the_day_is_congratulated_at_once(room: Room) -> None:
    await room.pass_to(NINE + timedelta(hours=5))
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(hours=5))
    assert room.chat.posted[0].message.days_late == 0


async def test_who_registers_the_day_after_waits_for_next_year(room: Room) -> None:
    await room.pass_to(NINE + timedelta(days=1))
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(days=10))
    assert (room.wishes(), room.chat.told) == ([], [])


async def test_a_removed_birthday_is_not_congratulated(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    assert await room.birthdays.remove(GUILD, 1)
    await room.pass_to(NINE + timedelta(days=3))
    assert (room.wishes(), room.chat.told) == ([], [])


async def test_another_hour_and_zone_move_what_is_planned(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.scheduler.step()
    await room.settings.change(GUILD, at=time(20, 30), zone="America/New_York")
    await room.pass_to(NINE + timedelta(days=3))
    assert [posted.at for posted in room.chat.posted] == [datetime(2027, 3, 6, 1, 30, tzinfo=UTC)]


async def test_the_clock_set_back_by_a_day_brings_nothing_twice(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.birthdays.set(GUILD, 2, "다빈", TODAY)
    room.chat.outcomes["send"] = ["lost"]
    await room.pass_to(NINE)
    room.clock.moment = NINE - timedelta(days=1)
    await room.pass_to(NINE + timedelta(days=2))
    assert room.wishes() == [[1, 2]]


async def test_a_clock_that_ran_a_year_ahead_costs_nobody_the_wish(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.clock.moment = NINE + timedelta(days=365)
    room.chat.outcomes["present"] = [Unsure("down")] * 2
    await room.scheduler.step()
    room.clock.moment = NINE - timedelta(hours=1)
    await room.pass_to(NINE + timedelta(hours=1))
    assert room.wishes() == [[1]]


async def test_one_group_that_fails_does_not_keep_the_others_from_theirs(room: Room) -> None:
    for guild in range(1, 20):
        await room.settings.change(guild, channel_id=guild)
        await room.birthdays.set(guild, 1, "윤혜", TODAY)
    await room.scheduler.step()
    async with room.store.writing() as connection:
        await connection.execute(update(occurrences).where(occurrences.c.guild_id == 3).values(key="damaged"))
    room.clock.moment = NINE
    with pytest.raises(ExceptionGroup):
        await room.scheduler.step()
    assert sorted(posted.channel_id for posted in room.chat.posted) == [n for n in range(1, 20) if n != 3]


async def test_a_change_wakes_the_sleeping_scheduler(room: Room) -> None:
    class Slow:
        def now(self) -> datetime:
            return NINE + timedelta(hours=1)

        async def sleep_until(self, moment: datetime) -> None:
            await asyncio.sleep((moment - self.now()).total_seconds())

    scheduler = BirthdayScheduler(room.store, room.chat, Slow())
    task = asyncio.create_task(scheduler.run())
    await asyncio.sleep(0.3)
    await BirthdayRepository(room.store, Slow(), scheduler.wake).set(GUILD, 1, "윤혜", TODAY)
    async with asyncio.timeout(PATIENCE):
        await room.chat.arrived.wait()
        scheduler.stop()
        await task


async def test_what_is_due_on_a_server_of_another_process_is_left_to_it(room: Room) -> None:
    elsewhere = GUILD + 1
    await room.settings.change(elsewhere, channel_id=elsewhere, at=time(9))
    for server in (GUILD, elsewhere):
        await room.birthdays.set(server, 1, "윤혜", TODAY)
    # To this process the other one's server looks like one that it was sent away from.
    room.chat.left.add((elsewhere, 1))
    here, other = (
        BirthdayScheduler(room.store, room.chat, room.clock, is_ours=is_ours)
        for is_ours in (lambda server: server == GUILD, lambda server: server == elsewhere)
    )
    room.scheduler = here
    await room.pass_to(NINE + timedelta(hours=2))
    assert [posted.message.settings.guild_id for posted in room.chat.posted] == [GUILD]
    room.chat.left.clear()
    room.scheduler = other
    await room.pass_to(NINE + timedelta(hours=3))
    assert [posted.message.settings.guild_id for posted in room.chat.posted] == [GUILD, elsewhere]
