"""Sending, and settling what was left open: nothing twice, nothing lost. On both kinds of database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.features.birthday.calendar.rules import Birthday, Solar
from bot.features.birthday.delivery.messenger import Refused, Unsure
from bot.features.birthday.model import About, Refusal
from bot.store.store import Store
from tests.bot.features.birthday.delivery.room import CHANNEL, GUILD, NINE, OTHER, TODAY, Room


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


async def test_a_bot_that_was_off_says_that_it_is_late(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.scheduler.step()
    room.clock.moment = NINE + timedelta(days=2)
    await room.scheduler.step()
    assert [posted.message.days_late for posted in room.chat.posted] == [2]


async def test_another_channel_is_used_at_once(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    room.chat.gone.add(CHANNEL)
    await room.pass_to(NINE + timedelta(hours=7))
    await room.settings.change(GUILD, channel_id=OTHER)
    await room.scheduler.step()
    assert [posted.channel_id for posted in room.chat.posted] == [OTHER]


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


async def test_after_a_backup_is_restored_what_may_have_been_sent_is_shown_and_not_sent_again(room: Room) -> None:
    await room.birthdays.set(GUILD, 1, "윤혜", TODAY)
    await room.birthdays.set(GUILD, 2, "다빈", Birthday(Solar(3, 6)))
    room.clock.moment = NINE + timedelta(hours=2)
    assert await room.scheduler.repositories.occurrences.mark_due_unsure(room.clock.moment) == 1
    await room.pass_to(NINE + timedelta(days=2))
    assert (room.wishes(), [notice.unsure for notice in room.chat.told]) == ([[2]], [{1}])
