"""A date changed around its wish: the new day counts, and brings no second wish soon. On both kinds of database."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.features.birthday.calendar import local_time
from bot.features.birthday.calendar.rules import Birthday, Lunar, Solar
from bot.features.birthday.text import lists
from tests.bot.features.birthday.delivery.room import GUILD, NINE, TODAY, Room

SEOUL = ZoneInfo("Asia/Seoul")


async def test_setting_a_birthday_again_brings_no_second_wish(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE)
    await room.birthdays.remove(GUILD, 1)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 6)))
    await room.pass_to(NINE + timedelta(days=3))
    assert room.wishes() == [[1]]


async def test_a_changed_date_is_the_one_that_counts(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 6)))
    await room.pass_to(NINE + timedelta(days=3))
    assert [posted.at for posted in room.chat.posted] == [NINE + timedelta(days=1)]


def promised(room: Room, members: Any) -> set[date]:
    """Return what every answer reads: the coming day of each."""
    return {each.occurrence.date for each in lists.coming(members, local_time.local_day(room.clock.now(), SEOUL))}


LATER = [
    pytest.param(TODAY, Solar(3, 26), None, id="three weeks after"),
    pytest.param(TODAY, Lunar(2, 18), None, id="three weeks after, by the moon"),
    pytest.param(TODAY, Solar(4, 4), None, id="on the last day of the rest"),
    pytest.param(TODAY, Solar(4, 5), date(2027, 4, 5), id="on the day after the rest"),
    pytest.param(TODAY, Lunar(3, 5), date(2027, 4, 11), id="five weeks after, by the moon"),
    pytest.param(TODAY, Solar(9, 1), date(2027, 9, 1), id="half a year after"),
    pytest.param(Birthday(Lunar(1, 27)), Solar(3, 26), None, id="from the moon to three weeks after"),
    pytest.param(Birthday(Lunar(1, 27)), Solar(3, 5), None, id="from the moon to the very day"),
    pytest.param(Birthday(Lunar(1, 27)), Solar(4, 5), date(2027, 4, 5), id="from the moon to the day after the rest"),
]


# Which days are spared hangs on no database.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("wished", "mended", "comes"), LATER)
async def test_after_a_wish_another_date_brings_one_only_when_a_month_is_over(
    room: Room, wished: Birthday, mended: Any, comes: date | None
) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", wished)
    await room.pass_to(NINE + timedelta(hours=5))
    assert room.wishes() == [[1]]
    if wished is not TODAY:  # a date that was removed in between is as one that was changed
        await room.birthdays.remove(GUILD, 1)
    member = await room.birthdays.set(GUILD, 1, "윤혜", Birthday(mended))
    (told,) = promised(room, [member])
    assert promised(room, await room.birthdays.of_guild(GUILD)) == {told}
    if mended != Solar(3, 5):  # of the very day it is true that it is today
        assert (told == comes) or (comes is None and told.year == 2028)
    for day in (date(2027, 3, 5), comes or date(2027, 4, 4)):
        room.clock.moment = max(room.clock.moment, local_time.due(day - timedelta(days=8), time(9), SEOUL))
        await room.pass_to(local_time.due(day + timedelta(days=22 if day.month == 3 else 1), time(9), SEOUL))
    posted = [each.message.people[0].occurrence.date for each in room.chat.posted]
    assert posted == [date(2027, 3, 5), *([comes] if comes else [])]
    assert room.chat.told == []


async def test_a_date_mended_before_its_wish_is_wished_on_the_new_day_alone(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE - timedelta(hours=1))
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 7)))
    await room.pass_to(NINE + timedelta(days=10))
    assert [each.message.people[0].occurrence.date for each in room.chat.posted] == [date(2027, 3, 7)]


async def test_what_becomes_due_in_the_middle_of_a_pass_is_spared_too(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(hours=1))
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 20)))
    moment = NINE + timedelta(days=15)
    room.clock.moment = moment - timedelta(seconds=1)
    await room.scheduler.step()
    room.clock.moment = moment
    # The scheduler has asked who is to be spared, and time has gone on since.
    assert await room.scheduler.repositories.occurrences.due(GUILD, moment) == ()


async def test_the_year_after_a_spared_day_has_its_wish_again(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(hours=1))
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 20)))
    await room.pass_to(NINE + timedelta(days=20))
    room.clock.moment = NINE.replace(year=2028, day=19)
    await room.pass_to(NINE.replace(year=2028, day=21))
    assert [each.message.people[0].occurrence.date for each in room.chat.posted] == [
        date(2027, 3, 5),
        date(2028, 3, 20),
    ]
