"""Rows that somebody or something wrote over: they cost nobody else anything. SQLite alone takes them in."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from tests.bot.features.birthday.delivery.room import CHANNEL, GUILD, NINE, TODAY, Room

DAMAGE = {
    "rule": "UPDATE birthdays SET rule = 'solar-99-99' WHERE user_id = 2",
    "no rule at all": "UPDATE birthdays SET rule = '' WHERE user_id = 2",
    "since": "UPDATE birthdays SET since = 'gestern' WHERE user_id = 2",
    "year": "UPDATE birthdays SET year = 99999 WHERE user_id = 2",
    "day": "UPDATE birthday_occurrences SET day = 'morgen' WHERE user_id = 2",
    "due": "UPDATE birthday_occurrences SET due = 'bald' WHERE user_id = 2",
}


@pytest.mark.parametrize("what", DAMAGE)
async def test_one_damaged_row_costs_nobody_else_anything(
    what: str, room: Room, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL takes no such value in")
    for user in (1, 2, 3):
        await room.birthdays.set(GUILD, user, f"멤버{user}", TODAY)
    await room.scheduler.step()
    async with room.store.writing() as connection:
        await connection.execute(text(DAMAGE[what]))
    room.scheduler = BirthdayScheduler(room.store, room.chat, room.clock, look_again=timedelta(days=1))
    await room.pass_to(NINE + timedelta(hours=2))
    congratulated = sorted(user for users in room.wishes() for user in users)
    is_planned_anew = what in ("day", "due")
    assert congratulated == ([1, 2, 3] if is_planned_anew else [1, 3])
    members = await room.birthdays.of_guild(GUILD)
    assert [member.user_id for member in members] == ([1, 2, 3] if is_planned_anew else [1, 3])
    assert await room.birthdays.damaged(GUILD) == (() if is_planned_anew else (2,))
    assert "멤버" not in caplog.text
    # Setting it again mends it.
    await room.birthdays.set(GUILD, 2, "멤버2", Birthday(Solar(9, 1)))
    assert await room.birthdays.damaged(GUILD) == ()


async def test_damaged_settings_are_the_usual_ones_until_they_are_set_again(room: Room, database_url: str) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL takes no such value in")
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    for damage in ("zone = '달나라'", "at = 'frueh'", "digest = 'x'", "ages = ''"):
        async with room.store.writing() as connection:
            await connection.execute(text(f"UPDATE birthday_groups SET {damage}"))
        assert (await room.settings.get(GUILD)).zone == "Asia/Seoul"
        await room.scheduler.step()
        await room.settings.change(GUILD, channel_id=CHANNEL)
    await room.pass_to(NINE)
    assert room.wishes() == [[1]]
