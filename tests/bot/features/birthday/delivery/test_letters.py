"""Letters come along with the wish that arrives, whatever it goes through, and wait where there is none."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.birthday.calendar.rules import Birthday, Lunar
from bot.features.birthday.delivery.messenger import Refused, Unsure, Wish
from bot.features.birthday.model import Refusal
from bot.features.birthday.storage.letters import Letter
from tests.bot.features.birthday.delivery.room import GUILD, NINE, OTHER, TODAY, Room

DAY = timedelta(days=1)


async def _written(room: Room, author: int = 2) -> bool:
    return await room.scheduler.repositories.letters.write(GUILD, Letter(1, author, f"멤버{author}", "축하해"))


def _wishes(room: Room) -> list[Wish]:
    return [posted.message for posted in room.chat.posted if isinstance(posted.message, Wish)]


@pytest.mark.parametrize(
    "outcomes",
    [
        {"send": [Unsure("down"), "lost"]},
        {"send": [Refused(Refusal.REJECTED)]},
        {"newest": [Refused(Refusal.CHANNEL_GONE)]},
        {"sent_since": [Unsure("down")], "send": ["lost"]},
    ],
    ids=str,
)
async def test_what_was_written_comes_with_the_wish_that_arrives(room: Room, outcomes: dict[str, Any]) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    assert await _written(room, 2)
    assert await _written(room, 3)
    room.chat.outcomes |= outcomes
    await room.pass_to(NINE + timedelta(hours=2))
    (wish,) = _wishes(room)
    assert wish.letters == 2
    letters = await room.scheduler.repositories.letters.handed_over(GUILD, wish.nonce)
    assert [letter.author_id for letter in letters] == [2, 3]
    assert not await _written(room, 4)  # it would wait for a year


async def test_where_the_channel_is_gone_they_wait_for_the_next_one(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await _written(room)
    room.chat.gone.add(7)
    await room.pass_to(NINE + timedelta(hours=1))
    assert _wishes(room) == []
    await room.settings.change(GUILD, channel_id=OTHER)
    await room.pass_to(NINE + timedelta(hours=2))
    assert [wish.letters for wish in _wishes(room)] == [1]


async def test_whoever_is_missed_keeps_them_for_the_next_time_and_who_removed_their_birthday_does_not(
    room: Room,
) -> None:
    letters = room.scheduler.repositories.letters
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await _written(room)
    room.clock.moment = NINE + 10 * DAY
    await room.pass_to(NINE + 10 * DAY)
    assert _wishes(room) == []
    assert len(await letters.open_letters(GUILD, 1)) == 1
    await room.birthdays.remove(GUILD, 1)
    assert await letters.open_letters(GUILD, 1) == ()


async def test_twice_in_one_year_each_birthday_has_its_own(room: Room) -> None:
    january, december = datetime(2029, 1, 4, 0, tzinfo=UTC), datetime(2029, 12, 24, 0, tzinfo=UTC)
    letters = room.scheduler.repositories.letters
    room.clock.moment = january - DAY
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Lunar(11, 20)))
    await _written(room)
    await room.pass_to(january)
    room.clock.moment = january + 8 * DAY
    assert await _written(room, 3)
    room.clock.moment = december - 2 * DAY
    await room.pass_to(december + DAY)
    first, second = _wishes(room)
    assert [each.author_id for each in await letters.handed_over(GUILD, first.nonce)] == []  # a month is over
    assert [each.author_id for each in await letters.handed_over(GUILD, second.nonce)] == [3]
