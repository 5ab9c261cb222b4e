"""Digests: posted once, and only where there is something to say. On both kinds of database."""

from datetime import timedelta

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.messenger import Digest
from bot.features.birthday.model import DigestRhythm
from tests.bot.features.birthday.delivery.room import GUILD, NINE, Room


async def test_a_weekly_digest_comes_on_mondays_that_have_something_to_say(room: Room) -> None:
    await room.settings.change(GUILD, digest=DigestRhythm.WEEKLY)
    await room.birthdays.set(GUILD, 1, "윤혜", Birthday(Solar(3, 20)))
    await room.birthdays.set(GUILD, 2, "다빈", Birthday(Solar(3, 16)))
    room.chat.outcomes["send"] = ["lost"]
    await room.pass_to(NINE + timedelta(days=10, minutes=1))
    (posted,) = room.chat.posted
    assert isinstance(posted.message, Digest)
    assert (posted.users, str(posted.message.first)) == ([2, 1], "2027-03-15")
    await room.pass_to(NINE + timedelta(days=40))
    assert len(room.chat.posted) == 3
