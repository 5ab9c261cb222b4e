"""What members, and those who manage a server, see of the scheduler: on both kinds of database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text, update

from bot.features.birthday.calendar import local_time
from bot.features.birthday.calendar.rules import Birthday, Lunar, Solar
from bot.features.birthday.delivery.messenger import Digest, Refused, Unsure
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.model import About, DigestRhythm, Refusal
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.storage.tables import occurrences
from bot.features.birthday.text import lists
from bot.store.store import Store

GUILD, CHANNEL, OTHER, ROLE = 1, 7, 8, 9
SEOUL = ZoneInfo("Asia/Seoul")
TODAY = Birthday(Solar(3, 5), 2000)
NINE = datetime(2027, 3, 5, 0, tzinfo=UTC)
"""Nine in the morning in Seoul."""


class Room:
    """A group with a channel, and a bot in it."""

    def __init__(self, store: Store, chat: Any, clock: Any) -> None:
        self.store, self.chat, self.clock = store, chat, clock
        self.scheduler = BirthdayScheduler(store, chat, clock, look_again=timedelta(days=1))
        self.birthdays, self.settings = BirthdayRepository(store, clock), GuildSettingsRepository(store, clock)

    async def pass_to(self, moment: datetime) -> None:
        """Let the scheduler work through everything up to ``moment``."""
        while True:
            following = await self.scheduler.step()
            if following > moment:
                break
            self.clock.moment = max(following, self.clock.moment + timedelta(seconds=1))
        self.clock.moment = max(moment, self.clock.moment)
        await self.scheduler.step()

    def wishes(self) -> list[list[int]]:
        return [posted.users for posted in self.chat.posted if not isinstance(posted.message, Digest)]


@pytest.fixture
async def room(store: Store, chat: Any, clock: Any) -> Room:
    room = Room(store, chat, clock)
    await room.settings.change(GUILD, channel_id=CHANNEL)
    return room


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


async def test_those_who_share_a_day_share_a_message(room: Room) -> None:
    for user in (3, 1, 2):
        await room.birthdays.set(GUILD, user, f"멤버{user}", TODAY)
    await room.pass_to(NINE)
    assert room.wishes() == [[1, 2, 3]]


async def test_a_day_of_fifty_takes_as_few_messages_as_hold_the_names(room: Room) -> None:
    await room.birthdays.set_many(GUILD, {user: (f"멤버{user}", TODAY) for user in range(50)})
    await room.pass_to(NINE)
    assert [len(users) for users in room.wishes()] == [20, 20, 10]
    assert sorted(user for users in room.wishes() for user in users) == list(range(50))


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


async def test_a_bot_that_was_off_says_that_it_is_late(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.scheduler.step()
    room.clock.moment = NINE + timedelta(days=2)
    await room.scheduler.step()
    assert [posted.message.days_late for posted in room.chat.posted] == [2]


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


async def test_another_channel_is_used_at_once(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.gone.add(CHANNEL)
    await room.pass_to(NINE + timedelta(hours=7))
    await room.settings.change(GUILD, channel_id=OTHER)
    await room.scheduler.step()
    assert [posted.channel_id for posted in room.chat.posted] == [OTHER]


async def test_without_a_channel_the_admins_hear_of_it_and_later_of_whom_it_cost(room: Room) -> None:
    await room.settings.change(GUILD, channel_id=None, late_days=0)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.pass_to(NINE + timedelta(days=1))
    assert [(notice.about, notice.reason) for notice in room.chat.told] == [
        (About.CHANNEL, Refusal.NO_CHANNEL),
        (About.MISSED, None),
    ]


async def test_an_answer_that_was_lost_is_looked_for_and_not_sent_again(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.outcomes["send"] = ["lost"]
    room.chat.outcomes["sent_since"] = [Unsure("down")] * 12
    await room.pass_to(NINE + timedelta(days=1))
    assert (room.wishes(), room.chat.asked.count("send")) == ([[1]], 1)


async def test_a_send_that_did_not_arrive_is_sent_again_with_its_nonce(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    nonces: list[str] = []
    send = room.chat.send

    async def slow(message: Any) -> Any:
        nonces.append(message.nonce)
        if len(nonces) < 3:
            raise ConnectionResetError
        return await send(message)

    type(room.chat).send, kept = slow_of(slow), type(room.chat).send
    try:
        await room.pass_to(NINE + timedelta(hours=1))
    finally:
        type(room.chat).send = kept
    assert (room.wishes(), len(nonces), len(set(nonces))) == ([[1]], 3, 1)


def slow_of(slow: Callable[[Any], Awaitable[Any]]) -> Any:
    return lambda chat, message: slow(message)


async def test_what_may_have_been_sent_and_can_never_be_looked_for_is_shown_as_unsure(room: Room) -> None:
    await room.settings.change(GUILD, late_days=1)
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.outcomes["send"] = ["lost"]
    room.chat.outcomes["sent_since"] = [Refused(Refusal.FORBIDDEN)] * 2000
    await room.pass_to(NINE + timedelta(days=2))
    assert (room.wishes(), room.chat.told[-1].unsure) == ([[1]], {1})
    assert [notice.about for notice in room.chat.told] == [About.CHANNEL, About.MISSED]


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


async def test_a_second_life_settles_what_the_first_left_open(
    room: Room, open_store: Callable[[], Awaitable[Store]]
) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.clock.moment = NINE
    sending = asyncio.Event()

    async def never(_chat: Any, _message: Any) -> Any:
        sending.set()
        await asyncio.Event().wait()

    kept, type(room.chat).send = type(room.chat).send, never
    first = asyncio.create_task(room.pass_to(NINE))
    await sending.wait()
    first.cancel()
    await asyncio.wait({first})
    type(room.chat).send = kept
    reborn = Room(await open_store(), room.chat, room.clock)
    await reborn.scheduler.step()
    assert room.wishes() == []
    await reborn.pass_to(NINE + timedelta(minutes=1))
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
    async with asyncio.timeout(10):
        await room.chat.arrived.wait()
        scheduler.stop()
        await task


async def test_after_a_backup_is_restored_what_may_have_been_sent_is_shown_and_not_sent_again(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.birthdays.set(GUILD, 2, "다빈", Birthday(Solar(3, 6)))
    room.clock.moment = NINE + timedelta(hours=2)
    assert await room.scheduler.repositories.occurrences.mark_due_unsure(room.clock.moment) == 1
    await room.pass_to(NINE + timedelta(days=2))
    assert (room.wishes(), [notice.unsure for notice in room.chat.told]) == ([[2]], [{1}])


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
