"""Who left: kept silent, found again, and forgotten after a month. On both kinds of database."""

from datetime import timedelta

from bot.features.birthday.calendar.rules import Birthday, Solar
from tests.bot.features.birthday.delivery.room import GUILD, NINE, TODAY, Room


async def test_who_left_is_kept_silent_and_found_again(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.left.add((GUILD, 1))
    await room.pass_to(NINE + timedelta(days=10))
    assert (room.wishes(), room.chat.told) == ([], [])
    assert await room.birthdays.of_guild(GUILD) == ()
    room.chat.left.clear()
    await room.birthdays.note_present(GUILD, 1)
    room.clock.moment = NINE + timedelta(days=365)
    await room.pass_to(NINE + timedelta(days=367))
    assert [posted.message.days_late for posted in room.chat.posted] == [0]


async def test_who_comes_back_on_the_day_is_congratulated(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.left.add((GUILD, 1))
    await room.pass_to(NINE + timedelta(hours=3))
    room.chat.left.clear()
    await room.birthdays.note_present(GUILD, 1)
    await room.pass_to(NINE + timedelta(hours=4))
    assert room.wishes() == [[1]]


async def test_who_left_for_good_is_forgotten_after_a_month(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(12, 1)))
    await room.birthdays.set(GUILD, 2, "다빈", Birthday(Solar(12, 1)))
    room.chat.left.add((GUILD, 1))
    await room.pass_to(NINE + timedelta(days=30))
    assert await room.birthdays.get(GUILD, 1) is not None
    await room.pass_to(NINE + timedelta(days=60))
    assert await room.birthdays.get(GUILD, 1) is None
    assert await room.birthdays.get(GUILD, 2) is not None
