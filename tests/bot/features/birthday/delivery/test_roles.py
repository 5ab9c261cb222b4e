"""The birthday role: given, and taken back for certain. On both kinds of database."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.messenger import Refused, Unsure
from bot.features.birthday.model import About, Refusal
from bot.store.store import Store
from tests.bot.features.birthday.delivery.room import GUILD, NINE, ROLE, TODAY, Room


async def test_the_role_is_lent_from_the_hour_to_the_end_of_the_day(room: Room) -> None:
    await room.settings.change(GUILD, role_id=ROLE)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(hours=14, minutes=59))
    assert room.chat.roles == {(GUILD, 1, ROLE)}
    await room.pass_to(NINE + timedelta(hours=15))
    assert room.chat.roles == set()


async def test_the_role_is_taken_back_by_another_life_of_the_bot(
    room: Room, open_store: Callable[[], Awaitable[Store]]
) -> None:
    await room.settings.change(GUILD, role_id=ROLE)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.outcomes["give_role"] = ["lost"]
    await room.pass_to(NINE)
    assert room.chat.roles == {(GUILD, 1, ROLE)}
    await room.settings.change(GUILD, role_id=None)
    reborn = Room(await open_store(), room.chat, room.clock)
    room.clock.moment = NINE + timedelta(days=3)
    room.chat.outcomes["take_role"] = [Unsure("down"), Refused(Refusal.FORBIDDEN)]
    await reborn.pass_to(NINE + timedelta(days=4))
    assert room.chat.roles == set()


async def test_a_role_above_the_bots_does_not_keep_the_wish_and_is_told_once(room: Room) -> None:
    await room.settings.change(GUILD, role_id=ROLE)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.outcomes["give_role"] = [Refused(Refusal.FORBIDDEN)] * 100
    await room.pass_to(NINE + timedelta(days=2))
    assert (room.wishes(), [(n.about, n.reason) for n in room.chat.told]) == (
        [[1]],
        [(About.ROLE, Refusal.FORBIDDEN)],
    )


async def test_the_role_of_the_day_is_taken_back_when_the_date_was_mended_meanwhile(room: Room) -> None:
    await room.settings.change(GUILD, role_id=ROLE)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(hours=1))
    assert room.chat.roles == {(GUILD, 1, ROLE)}
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 20)))
    await room.pass_to(NINE + timedelta(days=1))
    assert room.chat.roles == set()
    await room.pass_to(NINE + timedelta(days=15, hours=1))
    assert room.chat.roles == set()
