"""Reports to the admins: once, and of what they can mend. On both kinds of database."""

from datetime import timedelta

import pytest

from bot.features.birthday.delivery.messenger import Unsure
from bot.features.birthday.model import About, Refusal
from tests.bot.features.birthday.delivery.room import CHANNEL, GUILD, NINE, TODAY, Room


async def test_who_was_missed_for_too_long_is_shown_to_the_admins_once(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.clock.moment = NINE + timedelta(days=200)
    room.chat.outcomes["tell_admins"] = [Unsure("asleep"), Unsure("asleep")]
    await room.pass_to(room.clock.moment + timedelta(days=2))
    (notice,) = room.chat.told
    assert (notice.about, [each.record.name for each in notice.people]) == (About.MISSED, ["윤혜"])
    assert (room.wishes(), notice.unsure) == ([], frozenset())


@pytest.mark.parametrize("problem", ["gone", "forbidden"])
async def test_a_channel_that_cannot_be_used_delays_the_wish_and_is_told_once(room: Room, problem: str) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    getattr(room.chat, problem).add(CHANNEL)
    await room.pass_to(NINE + timedelta(hours=20))
    assert [(notice.about, notice.reason) for notice in room.chat.told] == [
        (About.CHANNEL, Refusal.CHANNEL_GONE if problem == "gone" else Refusal.FORBIDDEN)
    ]
    assert 5 < room.chat.asked.count("newest") < 30
    getattr(room.chat, problem).clear()
    await room.pass_to(NINE + timedelta(hours=22))
    assert room.wishes() == [[1]]


async def test_without_a_channel_the_admins_hear_of_it_and_later_of_whom_it_cost(room: Room) -> None:
    await room.settings.change(GUILD, channel_id=None, late_days=0)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(days=1))
    assert [(notice.about, notice.reason) for notice in room.chat.told] == [
        (About.CHANNEL, Refusal.NO_CHANNEL),
        (About.MISSED, None),
    ]
