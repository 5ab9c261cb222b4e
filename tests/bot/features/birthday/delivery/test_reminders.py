"""Reminders before a birthday: to who wants them, never to whose birthday it is, and once, whatever fails."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Solar
from bot.features.birthday.delivery.messenger import Refused, Reminder, Unsure
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.model import Refusal
from bot.store.store import Store
from tests.bot.features.birthday.delivery.room import GUILD, NINE, Room

DAY = timedelta(days=1)
NEAR = Birthday(Solar(3, 8))
"""Three days after the room's first morning."""


@pytest.fixture
async def reminding(room: Room) -> Room:
    """Return a room whose members 1 and 2 want to be reminded three days before."""
    await room.settings.change(GUILD, reminder_days=3)
    for user, language in ((1, "ko"), (2, "en")):
        await room.scheduler.repositories.reminders.subscribe(GUILD, user, language)
    return room


def reminded(room: Room) -> list[tuple[int, int, int]]:
    """Return who was reminded of whom, how many days before."""
    sent = [posted.message for posted in room.chat.posted]
    return [(one.to_id, one.people[0].record.user_id, one.days) for one in sent if isinstance(one, Reminder)]


async def test_each_who_wants_it_is_told_once_at_the_hour_and_not_the_birthday_person(reminding: Room) -> None:
    await reminding.birthdays.set(GUILD, 1, "윤혜", NEAR)
    await reminding.birthdays.set(GUILD, 3, "다빈", NEAR)
    await reminding.pass_to(NINE - timedelta(minutes=1))
    assert reminded(reminding) == []
    await reminding.pass_to(NINE + 4 * DAY)
    assert sorted(reminded(reminding)) == [(1, 3, 3), (2, 1, 3), (2, 3, 3)]
    assert len(reminding.wishes()) == 3 + 1
    languages = {posted.message.language for posted in reminding.chat.posted if isinstance(posted.message, Reminder)}
    assert languages == {"ko", "en"}


@pytest.mark.parametrize(
    ("birthday", "days"),
    [
        (Birthday(Solar(2, 29, LeapDay.MAR_1)), 361),
        (Birthday(Lunar(2, 1)), 3),  # 8 March 2027, by the lunar calendar
        (NEAR, 3),
    ],
)
async def test_of_any_calendar(reminding: Room, birthday: Birthday, days: int) -> None:
    reminding.clock.moment = NINE + (days - 4) * DAY
    await reminding.birthdays.set(GUILD, 3, "다빈", birthday)
    await reminding.pass_to(NINE + (days - 3) * DAY - timedelta(seconds=1))
    assert reminded(reminding) == []
    await reminding.pass_to(NINE + (days - 3) * DAY)
    assert reminded(reminding) == [(1, 3, 3), (2, 3, 3)]


async def test_late_is_better_than_never_until_the_day_has_come(reminding: Room) -> None:
    await reminding.pass_to(NINE + 2 * DAY)
    await reminding.birthdays.set(GUILD, 3, "다빈", NEAR)
    await reminding.pass_to(NINE + 2 * DAY)
    assert reminded(reminding) == [(1, 3, 1), (2, 3, 1)]
    await reminding.birthdays.set(GUILD, 4, "민서", Birthday(Solar(3, 7)))
    await reminding.pass_to(NINE + 3 * DAY)
    assert (1, 4, 0) not in reminded(reminding)
    assert len(reminded(reminding)) == 2


async def test_a_changed_date_is_told_anew_and_a_hidden_or_removed_one_not_at_all(reminding: Room) -> None:
    await reminding.birthdays.set(GUILD, 3, "다빈", NEAR)
    await reminding.birthdays.set(GUILD, 4, "민서", Birthday(Solar(3, 8), 2000, hidden=True))
    await reminding.birthdays.set(GUILD, 5, "태오", Birthday(Solar(3, 9)))
    await reminding.pass_to(NINE)
    await reminding.birthdays.set(GUILD, 3, "다빈", Birthday(Solar(3, 10)))
    await reminding.birthdays.remove(GUILD, 5)
    await reminding.pass_to(NINE + 6 * DAY)
    assert reminded(reminding) == [(1, 3, 3), (2, 3, 3), (1, 3, 3), (2, 3, 3)]


async def test_who_left_is_neither_told_nor_told_of(reminding: Room) -> None:
    for user in (3, 4):
        await reminding.birthdays.set(GUILD, user, f"멤버{user}", NEAR)
    reminding.chat.left |= {(GUILD, 2), (GUILD, 4)}
    await reminding.pass_to(NINE + DAY)
    assert reminded(reminding) == [(1, 3, 3)]
    assert await reminding.scheduler.repositories.reminders.count(GUILD) == 1


@pytest.mark.parametrize("outcome", [Unsure("down"), "lost"])
async def test_a_lost_answer_or_a_silent_chat_neither_loses_nor_doubles_one(reminding: Room, outcome: Any) -> None:
    await reminding.birthdays.set(GUILD, 3, "다빈", NEAR)
    reminding.chat.outcomes |= {what: [Unsure("down")] for what in ("present", "private_channel", "newest")}
    reminding.chat.outcomes["send"] = [outcome, outcome]
    await reminding.pass_to(NINE + 2 * DAY)
    assert sorted(pair[:2] for pair in reminded(reminding)) == [(1, 3), (2, 3)]


async def test_who_takes_no_private_messages_is_left_alone_and_no_manager_is_told(reminding: Room) -> None:
    await reminding.birthdays.set(GUILD, 3, "다빈", NEAR)
    reminding.chat.outcomes["send"] = [Refused(Refusal.FORBIDDEN)] * 2
    await reminding.pass_to(NINE + 2 * DAY)
    assert reminded(reminding) == []
    assert reminding.chat.asked.count("send") == 2
    assert reminding.chat.told == []


async def test_killed_at_any_step_and_in_two_processes_each_is_told_once(
    reminding: Room, open_store: Callable[[], Awaitable[Store]]
) -> None:
    for user in range(3, 9):
        await reminding.birthdays.set(GUILD, user, f"멤버{user}", NEAR)
    await reminding.pass_to(NINE - timedelta(hours=1))
    reminding.clock.moment = NINE
    for after in range(14):  # cancelled at a later request each time: as if killed, but for the database's own work
        task = asyncio.create_task(reminding.scheduler.step())
        asked = len(reminding.chat.asked)
        reminding.chat.before = lambda _what, asked=asked, after=after, task=task: (
            task.cancel() if len(reminding.chat.asked) - asked >= after else None
        )
        await asyncio.gather(task, return_exceptions=True)
        reminding.clock.moment += timedelta(minutes=2)
    reminding.chat.before = lambda _what: None
    others = [BirthdayScheduler(await open_store(), reminding.chat, reminding.clock) for _ in range(2)]
    for _ in range(6):
        await asyncio.gather(*(scheduler.step() for scheduler in others))
        reminding.clock.moment += timedelta(minutes=11)
    assert sorted(pair[:2] for pair in reminded(reminding)) == [(to, about) for to in (1, 2) for about in range(3, 9)]
