"""Events in the server's list: one each, as long as there is the birthday, whatever fails in between."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.birthday.calendar.rules import Birthday, Lunar, Solar
from bot.features.birthday.delivery.messenger import Refused, Unsure
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.model import About, Refusal
from bot.store.store import Store
from tests.bot.features.birthday.delivery.room import GUILD, NINE, Room

DAY, MINUTES = timedelta(days=1), timedelta(minutes=30)
NEAR = Birthday(Solar(3, 8))


@pytest.fixture
async def listing(room: Room) -> Room:
    """Return a room whose birthdays are put into the server's events."""
    await room.settings.change(GUILD, events=True)
    return room


def days(room: Room) -> list[tuple[int, str, datetime, datetime]]:
    """Return the events that there are."""
    made = room.chat.events.values()
    return sorted((event.user_id, event.name, event.starts_at, event.ends_at) for event in made)


def seoul(month: int, day: int) -> datetime:
    """Return the beginning of a day of 2027 in Seoul."""
    return datetime(2027, month, day, tzinfo=UTC) - timedelta(hours=9)


async def test_it_is_made_once_two_weeks_before_and_follows_the_birthday(listing: Room) -> None:
    await listing.birthdays.set(GUILD, 1, "윤혜", NEAR)
    await listing.birthdays.set(GUILD, 2, "다빈", Birthday(Solar(4, 20)))
    await listing.birthdays.set(GUILD, 3, "민서", Birthday(Solar(3, 8), 2000, hidden=True))
    await listing.pass_to(NINE)
    assert days(listing) == [(1, "윤혜", seoul(3, 8), seoul(3, 9))]
    await listing.birthdays.set(GUILD, 1, "윤혜", Birthday(Lunar(2, 5)))  # 12 March 2027
    await listing.pass_to(NINE + timedelta(minutes=2))
    assert days(listing) == [(1, "윤혜", seoul(3, 12), seoul(3, 13))]
    assert list(listing.chat.events) == [501]  # it is the same event
    await listing.settings.change(GUILD, zone="America/New_York")
    await listing.pass_to(NINE + timedelta(minutes=4))
    ((_, _, starts_at, ends_at),) = days(listing)
    assert (starts_at.hour, ends_at.hour) == (5, 5)
    await listing.birthdays.remove(GUILD, 1)
    await listing.pass_to(NINE + timedelta(minutes=6))
    assert days(listing) == []


async def test_a_day_on_which_the_clocks_change_is_shorter(listing: Room) -> None:
    await listing.settings.change(GUILD, zone="America/New_York")
    await listing.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 14)))
    await listing.pass_to(NINE)
    ((_, _, starts_at, ends_at),) = days(listing)
    assert ends_at - starts_at == timedelta(hours=23)


async def test_turned_off_they_go_and_what_was_taken_away_by_hand_stays_away(listing: Room) -> None:
    for user in (1, 2):
        await listing.birthdays.set(GUILD, user, f"멤버{user}", NEAR)
    await listing.pass_to(NINE)
    del listing.chat.events[501]
    await listing.settings.change(GUILD, zone="Asia/Tokyo", language="en")
    await listing.settings.change(GUILD, zone="Asia/Kathmandu")
    await listing.pass_to(NINE + MINUTES)
    assert [each[0] for each in days(listing)] == [2]
    await listing.settings.change(GUILD, events=False)
    await listing.pass_to(NINE + 2 * MINUTES)
    assert days(listing) == []


async def test_on_the_day_it_stays_and_later_it_is_forgotten(listing: Room) -> None:
    await listing.birthdays.set(GUILD, 1, "윤혜", NEAR)
    await listing.pass_to(NINE + 3 * DAY)
    assert len(listing.wishes()) == 1
    assert len(days(listing)) == 1
    await listing.pass_to(NINE + 6 * DAY)
    assert "remove_event" not in listing.chat.asked
    assert await listing.scheduler.repositories.server_events.known(GUILD) == frozenset()


async def test_without_the_permission_it_waits_tells_nobody_and_comes_when_it_may(listing: Room) -> None:
    await listing.birthdays.set(GUILD, 1, "윤혜", NEAR)
    listing.chat.outcomes["put_event"] = [Refused(Refusal.FORBIDDEN)] * 3
    await listing.pass_to(NINE - timedelta(hours=2) + timedelta(seconds=30))
    (problem,) = await listing.scheduler.repositories.problems.of_guild(GUILD)
    assert (problem.about, problem.reason) == (About.EVENT, Refusal.FORBIDDEN)
    await listing.pass_to(NINE + MINUTES)
    assert len(days(listing)) == 1
    assert listing.chat.told == []
    assert await listing.scheduler.repositories.problems.of_guild(GUILD) == ()


@pytest.mark.parametrize("outcome", [Unsure("down"), "lost"])
async def test_a_lost_answer_makes_no_second_one(listing: Room, outcome: Any) -> None:
    for user in (1, 2):
        await listing.birthdays.set(GUILD, user, "둘 다 윤혜", NEAR)
    listing.chat.outcomes |= {"put_event": [outcome] * 2, "find_event": [Unsure("down")]}
    await listing.pass_to(NINE + 4 * MINUTES)
    assert [each[0] for each in days(listing)] in ([1, 2], [2, 1])
    assert len(await listing.scheduler.repositories.server_events.known(GUILD)) == 2


async def test_killed_at_any_step_and_in_two_processes_there_is_one_each(
    listing: Room, open_store: Callable[[], Awaitable[Store]]
) -> None:
    for user in range(1, 5):
        await listing.birthdays.set(GUILD, user, f"멤버{user}", NEAR)
    for after in range(6):
        task = asyncio.create_task(listing.scheduler.step())
        asked = len(listing.chat.asked)
        listing.chat.before = lambda _what, asked=asked, after=after, task=task: (
            task.cancel() if len(listing.chat.asked) - asked == after else None
        )
        await asyncio.gather(task, return_exceptions=True)
        listing.clock.moment += timedelta(minutes=3)
    listing.chat.before = lambda _what: None
    others = [BirthdayScheduler(await open_store(), listing.chat, listing.clock) for _ in range(2)]
    for _ in range(5):
        await asyncio.gather(*(scheduler.step() for scheduler in others))
        listing.clock.moment += timedelta(minutes=11)
    assert [each[0] for each in days(listing)] == [1, 2, 3, 4]
