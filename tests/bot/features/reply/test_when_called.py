"""Answers to calls: mentions, replies and private messages through the real client, and when the bot stays silent."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.features.blocklist.generated import generated_text
from bot.features.calls.quota import MOST_A_MINUTE
from bot.features.calls.switches import SwitchRepository
from bot.store.address import address
from bot.store.store import Store
from playground import NoAnswer, Playground
from playground.world.permissions import READ_HISTORY, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL
from tests.bot.inference.pickers import add_picker

ON, OFF = "/부르면 켜기", "/부르면 끄기"
MENTION = "@단톡 오늘 밥 먹으러 가자"


async def heard(room: Any) -> None:
    """Wait until the bot has heard all that was said, and has made of it what it does."""
    await room("/소개")
    while any(task.get_name() == "discord.py: on_message" for task in asyncio.all_tasks()):  # noqa: ASYNC110
        await asyncio.sleep(0.005)


def sent(room: Any) -> list[Any]:
    """Return the messages that the bot sent of its own accord."""
    return [one for one in room.playground.requests if one.method == "POST" and one.path.endswith("/messages")]


async def silent(room: Any, message: Any) -> bool:
    """Return whether nothing is sent because of what was said last."""
    del message
    before = len(sent(room))
    await heard(room)
    return len(sent(room)) == before


async def test_a_mention_is_answered_as_a_reply_with_a_button_and_without_a_ping(room: Any) -> None:
    await room(ON)
    message = room.playground.say(MENTION, member="정훈")
    assert message["content"].startswith("<@")
    answer = await room.playground.reply_to(message)
    assert generated_text(answer.content)
    assert answer.content.splitlines()[-1] == "-# AI 모델이 지어낸 말이에요"
    assert answer.message["mentions"] == []
    again = await room.playground.press(answer, "🔁", member="윤혜")
    assert "↪ 오늘 밥 먹으러 가자" in again.content


async def test_it_is_off_until_a_manager_turns_it_on_and_after_they_turn_it_off(room: Any) -> None:
    assert await silent(room, room.playground.say(MENTION))
    told = await room(ON)
    assert told.ephemeral
    assert told.content.startswith("이제 저를 부르거나")
    await room.playground.reply_to(room.playground.say(MENTION))
    assert (await room(OFF)).content.startswith("이제 불러도 답하지 않을게요")
    assert await silent(room, room.playground.say(MENTION))
    assert await silent(room, room.playground.say("안녕", channel="dm"))


async def test_only_managers_turn_it_on(room: Any) -> None:
    everyone = room.playground.world.guild["roles"][0]
    room.playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY))
    refused = await room(ON, member="정훈")
    assert refused.content == "서버 관리하기 권한이 있는 사람만 할 수 있어요."
    assert await silent(room, room.playground.say(MENTION))


async def test_a_reply_to_the_bot_is_answered_if_it_pings_for_else_its_words_do_not_come(room: Any) -> None:
    await room(ON)
    first = await room.playground.reply_to(room.playground.say(MENTION))
    with_ping = room.playground.say("진짜 대박", member="다빈", replied=first)
    assert generated_text((await room.playground.reply_to(with_ping)).content)
    assert await silent(room, room.playground.say("진짜 대박", member="다빈", replied=first, ping=False))


async def test_a_private_message_is_answered_once_a_server_has_turned_it_on(room: Any) -> None:
    assert await silent(room, room.playground.say("오늘 밥", channel="dm", member="다빈"))
    await room(ON)
    answer = await room.playground.reply_to(room.playground.say("오늘 밥", channel="dm", member="다빈"))
    assert generated_text(answer.content)
    assert answer.message["channel_id"] == room.playground.world.dm_with(room.id_of("다빈"))["id"]


async def test_words_that_do_not_call_it_are_not_answered(room: Any) -> None:
    await room(ON)
    for content in ("오늘 밥 먹자", "@정훈 오늘 밥", "@everyone 오늘 밥", "단톡 오늘 밥", "<@&1> 밥"):
        assert await silent(room, room.playground.say(content, member="현지")), content
    others = room.playground.say("시험 망했다", member="현지")
    assert await silent(room, room.playground.say("진짜?", member="다빈", replied=others))


async def test_bots_and_hooks_and_itself_are_not_answered(room: Any) -> None:
    await room(ON)
    world = room.playground.world
    bot_id, channel = world.bot["id"], next(iter(world.channels.values()))
    other = {**world.person_called("정훈"), "bot": True}
    world.members[other["id"]] = {**world.members[other["id"]], "user": other}
    call = {"content": f"<@{bot_id}> 오늘 밥", "mentions": [world.bot]}
    world.messages.post(channel, other, call)
    world.messages.post(channel, world.person_called("다빈"), {**call, "webhook_id": "77"})
    world.messages.post(channel, world.bot, call)
    notice = world.messages.post(channel, world.person_called("다빈"), {**call, "type": 7})
    assert await silent(room, notice)


async def test_a_mention_of_another_bot_beside_it_is_not_repeated(room: Any) -> None:
    await room(ON)
    answer = await room.playground.reply_to(room.playground.say(f"{MENTION} <@999999999999999999> @정훈"))
    assert answer.message["mentions"] == []
    assert "99999" not in answer.content


@pytest.mark.parametrize("words", ["가" * 1950, "밥 " * 900, "ㅋㅋㅋㅋ", "@everyone 밥"])
async def test_a_mention_with_any_words_beside_it_is_answered(room: Any, words: str) -> None:
    await room(ON)
    message = room.playground.say(f"<@{room.playground.world.bot['id']}> {words}".strip())
    answer = await room.playground.reply_to(message)  # by name at least: the voice knows who calls
    assert 0 < len(answer.content) <= 2000
    assert not answer.message["mention_everyone"]


@pytest.mark.parametrize("words", ["", "😂", "\u200b", "@everyone", "?!"])
async def test_a_mention_that_says_nothing_is_passed_over(room: Any, words: str) -> None:
    await room(ON)
    assert await silent(room, room.playground.say(f"<@{room.playground.world.bot['id']}> {words}".strip()))


async def test_in_a_thread_it_is_answered_there(room: Any) -> None:
    await room(ON)
    world = room.playground.world
    thread = world.add_thread(next(iter(world.channels.values())), "실타래")
    answer = await room.playground.reply_to(room.playground.say(MENTION, channel="실타래"))
    assert answer.message["channel_id"] == thread["id"]


async def test_where_it_may_not_write_it_does_not_even_think(room: Any) -> None:
    await room(ON)
    parent = next(iter(room.playground.world.channels.values()))
    room.playground.world.add_thread(parent, "실타래")
    everyone = room.playground.world.guild["id"]
    room.playground.admin.rule(parent["id"], everyone, deny=SEND_MESSAGES | SEND_MESSAGES_IN_THREADS)
    assert await silent(room, room.playground.say(MENTION))
    assert await silent(room, room.playground.say(MENTION, channel="실타래"))
    assert (await room("/답해 오늘")).content


async def test_what_is_deleted_while_it_thinks_is_not_answered(room: Any, caplog: pytest.LogCaptureFixture) -> None:
    await room(ON)
    thinking, may_go_on = asyncio.Event(), asyncio.Event()
    run = room.client.services.workers.words.run

    async def slowly(job: Callable[[], Any], **more: Any) -> Any:
        thinking.set()
        await may_go_on.wait()
        return await run(job, **more)

    room.client.services.workers.words.run = slowly
    message = room.playground.say(MENTION)
    await thinking.wait()
    room.playground.world.messages.delete(message)
    may_go_on.set()
    await heard(room)
    (attempt,) = sent(room)
    assert attempt.status == 400
    assert not [one for one in room.playground.messages() if "message_reference" in one]
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


async def test_no_message_is_answered_twice_even_if_discord_tells_of_it_twice(room: Any) -> None:
    await room(ON)
    message = room.playground.say(MENTION)
    answer = await room.playground.reply_to(message)
    event = {**message, "guild_id": room.playground.world.guild["id"]}
    room.playground.gateway.tell("MESSAGE_CREATE", {**event, "member": {"roles": [], "joined_at": None}})
    assert await silent(room, message)
    assert answer.message["nonce"] == message["id"]


async def test_a_flood_of_mentions_is_answered_so_often_a_minute(room: Any) -> None:
    await room(ON)
    for number in range(MOST_A_MINUTE * 3):
        room.playground.say(f"{MENTION} {number}", member=("정훈", "다빈", "현지")[number % 3])
    await heard(room)
    assert len(sent(room)) == MOST_A_MINUTE
    room.clock.turn(room.clock.now() + timedelta(minutes=1))
    await room.playground.reply_to(room.playground.say(MENTION))


async def test_what_members_refused_is_not_answered(room: Any) -> None:
    await room(ON)
    for _ in range(2):
        answer = await room.playground.reply_to(room.playground.say("@단톡 오늘"))
        await room.playground.use_on_message(answer, "다시는 하지 마")
        second = await room.playground.reply_to(room.playground.say("@단톡 오늘"))
        assert generated_text(second.content) != generated_text(answer.content)


async def test_while_the_database_is_away_a_call_is_met_with_silence(
    room: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def away(*_: Any) -> Any:
        raise OperationalError("", None, OSError())

    await room(ON)
    with monkeypatch.context() as patch:
        patch.setattr(SwitchRepository, "language", away)
        assert await silent(room, room.playground.say(MENTION))
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    await room.playground.reply_to(room.playground.say(MENTION))


async def test_words_of_a_call_are_in_no_log(room: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "bot")
    await room(ON)
    await room.playground.reply_to(room.playground.say("@단톡 오늘 비밀이야"))
    broken = {"id": "x", "content": "비밀이야", "channel_id": "5", "author": None}
    room.playground.gateway.tell("MESSAGE_CREATE", broken)
    await heard(room)
    assert "비밀이야" not in caplog.text


async def test_it_stays_on_after_a_restart(
    bundle: Path, tmp_path: Path, play: Callable[..., AbstractAsyncContextManager[Any]]
) -> None:
    async with Playground() as playground:
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store):
            await playground.command(ON, locale="ko")
        async with play(playground, bundle, store=store):
            assert (await playground.reply_to(playground.say(MENTION))).content
        await store.close()


async def test_without_a_store_there_is_the_command_alone(stage: Any) -> None:
    assert [one for one in stage.playground.world.commands.all() if one["name"] == "when-called"] == []
    assert (await stage.playground.command("/답해 오늘")).content


async def test_by_a_picker_a_call_gets_a_line_that_fits_or_silence_and_a_command_always_an_answer(
    write_bundle: Callable[..., Path], tmp_path: Path, play: Callable[..., AbstractAsyncContextManager[Any]]
) -> None:
    folder = add_picker(write_bundle(tmp_path / "bundle"), ["시험 망했다 같이 울자"], sure=6, silent=98)
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, folder, store=store):
        await playground.command(ON)
        fitting = await playground.reply_to(playground.say("@단톡 나 시험 망했다"))
        assert generated_text(fitting.content) == "시험 망했다 같이 울자"
        assert fitting.content.splitlines()[-1] == "-# 여럿이 쓰는 말에서 AI 모델이 골랐어요"
        with pytest.raises(NoAnswer):
            await playground.reply_to(playground.say("@단톡 오늘 밥 어디"), within=0.5)
        assert generated_text((await playground.command("/답해 오늘 밥 어디")).content)
    await store.close()
