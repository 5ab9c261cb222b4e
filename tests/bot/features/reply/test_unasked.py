"""What the bot says unasked, through the real client: where, when, to what, and what of it is told to members."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import QuietHours
from bot.errors import OwnerError
from bot.features.blocklist.generated import generated_text
from bot.features.reply.timing import MOST_AN_HOUR, PEOPLE_FIRST, SILENCE
from bot.store.address import address
from bot.store.store import Store
from playground import NoAnswer, Playground
from playground.server.intents import MESSAGE_CONTENT
from playground.world.permissions import READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL
from tests.bot.inference.pickers import add_picker

ON, OFF = "/끼어들기 켜기", "/끼어들기 끄기"
LINE = "시험 망했다 같이 울자"
FITS = "나 시험 망했다"
QUIET = QuietHours(23, 8, ZoneInfo("Asia/Seoul"))


class Chat:
    """A room whose bot may speak unasked, and people who talk in it with a minute between their words."""

    def __init__(self, stage: Any, clock: Any) -> None:
        self.playground = stage.playground
        self.clock = clock

    async def __call__(self, text: str, **more: Any) -> Any:
        """Type a command."""
        return await self.playground.command(text, **more)

    async def talk(self, count: int = PEOPLE_FIRST, every: timedelta = timedelta(minutes=1)) -> None:
        """Say what no line answers."""
        for number in range(count):
            self.clock.turn(self.clock.now() + every)
            self.playground.say("점심 어디", member=("정훈", "다빈")[number % 2])
            await self.heard()

    async def heard(self) -> None:
        """Wait until the bot has heard all that was said, and has made of it what it does."""
        await self("/소개")
        while any(task.get_name() == "discord.py: on_message" for task in asyncio.all_tasks()):  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    async def answer(self, content: str = FITS, **more: Any) -> Any:
        """Say something, and return the reply to it."""
        return await self.playground.reply_to(self.playground.say(content, member="정훈", **more))

    async def silent(self, content: str = FITS, **more: Any) -> bool:
        """Say something, and return whether nobody answers."""
        message = self.playground.say(content, member="정훈", **more)
        await self.heard()
        try:
            await self.playground.reply_to(message, within=0)
        except NoAnswer:
            return True
        return False


@pytest.fixture(scope="module")
def picking(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    """Return a bundle with one line, for exams that were failed."""
    return add_picker(write_bundle(tmp_path_factory.mktemp("picking") / "bundle"), [LINE], sure=6)


@pytest.fixture
async def chat(
    picking: Path, tmp_path: Path, play: Callable[..., AbstractAsyncContextManager[Any]], turned: Callable[..., Any]
) -> AsyncIterator[Chat]:
    """Yield such a chat at noon in Seoul, with the privileged intent."""
    store, clock = await Store.open(address(None, tmp_path)), turned()
    async with (
        Playground(clock=clock, privileged=MESSAGE_CONTENT) as playground,
        play(playground, picking, store=store, clock=clock, unasked=QUIET) as stage,
    ):
        yield Chat(stage, clock)
        assert playground.unknown_routes == []
    await store.close()


async def test_a_line_that_surely_fits_is_said_once_with_no_ping_and_no_button(chat: Chat) -> None:
    told = await chat(ON)
    assert told.ephemeral
    assert "하나도 적어 두지 않아요" in told.content
    assert f"{MOST_AN_HOUR}번" in told.content
    await chat.talk()
    answer = await chat.answer()
    assert generated_text(answer.content) == LINE
    assert answer.content.splitlines()[-1] == "-# 여럿이 쓰는 말에서 AI 모델이 골랐어요"
    assert answer.message["mentions"] == []
    assert answer.components == []
    assert await chat.silent()


async def test_it_is_off_until_a_manager_turns_it_on_in_the_channel_and_after_they_turn_it_off(chat: Chat) -> None:
    await chat.talk()
    assert await chat.silent()
    await chat(ON, channel="생일")
    assert await chat.silent()
    await chat(ON)
    assert generated_text((await chat.answer()).content) == LINE
    off = await chat("/chime-in no", locale="en-US")
    assert off.content == "From now on I say nothing here unless I am asked."
    chat.clock.turn(chat.clock.now() + SILENCE)
    await chat.talk()
    assert await chat.silent()


async def test_only_managers_turn_it_on(chat: Chat) -> None:
    everyone = chat.playground.world.guild["roles"][0]
    chat.playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY))
    assert (await chat(ON, member="정훈")).content == "서버 관리하기 권한이 있는 사람만 할 수 있어요."
    await chat.talk()
    assert await chat.silent()


async def test_what_is_meant_for_somebody_or_met_by_no_line_is_left_alone(chat: Chat) -> None:
    await chat(ON)
    await chat.talk()
    for content in (f"@윤혜 {FITS}", f"@everyone {FITS}", "😂😂", "점심 어디"):
        assert await chat.silent(content), content
    chat.clock.turn(chat.clock.now() + timedelta(minutes=1))
    assert await chat.silent(replied=chat.playground.say("나도 점심", member="다빈"))
    bot = {**chat.playground.world.person_called("다빈"), "bot": True}
    chat.playground.world.messages.post(next(iter(chat.playground.world.channels.values())), bot, {"content": FITS})
    await chat.heard()
    assert generated_text((await chat.answer()).content) == LINE


async def test_after_any_line_of_its_own_it_is_silent_and_at_night_and_where_messages_fly(chat: Chat) -> None:
    await chat(ON)
    await chat.talk()
    await chat("/말해 윤혜 3")
    assert await chat.silent()
    chat.clock.turn(chat.clock.now() + SILENCE)
    await chat.talk(every=timedelta(seconds=2))
    assert await chat.silent()
    chat.clock.turn(chat.clock.now() + timedelta(hours=12))
    await chat.talk(1)
    assert await chat.silent()
    chat.clock.turn(chat.clock.now() + timedelta(hours=9))
    assert generated_text((await chat.answer()).content) == LINE


async def test_where_it_may_not_write_it_says_nothing_and_a_call_is_answered_as_ever(chat: Chat) -> None:
    await chat(ON)
    await chat("/부르면 켜기")
    await chat.talk()
    room = next(iter(chat.playground.world.channels.values()))
    chat.playground.admin.rule(room["id"], chat.playground.world.guild["id"], deny=SEND_MESSAGES)
    assert await chat.silent()
    chat.playground.admin.rule(room["id"], chat.playground.world.guild["id"], allow=SEND_MESSAGES)
    called = await chat.answer(f"@단톡 {FITS}")
    assert generated_text(called.content) == LINE
    assert called.components != []


async def test_what_was_refused_is_not_said_unasked(chat: Chat) -> None:
    await chat(ON)
    await chat.talk()
    await chat.playground.use_on_message(await chat.answer(), "다시는 하지 마")
    chat.clock.turn(chat.clock.now() + SILENCE)
    await chat.talk()
    assert await chat.silent()


async def test_members_are_told_that_messages_are_read_and_nobody_s_words_are_logged(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "bot")
    await chat(ON)
    await chat.talk()
    await chat.answer(f"{FITS} 진짜 대박")
    assert "대박" not in caplog.text
    assert "메시지를 읽어요" in (await chat("/소개")).content
    assert "I read the messages" in (await chat("/about", locale="en-US")).content
    assert "하나도 적어 두지 않아요" in (await chat("/개인정보 보기")).content
    assert "keep none of them" in (await chat("/privacy show", locale="en-US")).content


async def test_without_the_owner_s_switch_there_is_no_command_and_nothing_is_read(room: Any) -> None:
    assert not [one for one in room.playground.world.commands.all() if one["name"] == "chime-in"]
    assert not room.client.intents.message_content
    assert "읽어요" not in (await room("/소개")).content
    assert "끼어들기" not in (await room("/개인정보 보기")).content


async def test_a_bundle_that_can_not_be_sure_says_so_and_stays_silent(
    bundle: Path, tmp_path: Path, play: Callable[..., AbstractAsyncContextManager[Any]], turned: Callable[..., Any]
) -> None:
    store, clock = await Store.open(address(None, tmp_path)), turned()
    async with (
        Playground(clock=clock, privileged=MESSAGE_CONTENT) as playground,
        play(playground, bundle, store=store, clock=clock, unasked=QUIET) as stage,
    ):
        chat = Chat(stage, clock)
        told = await chat("/chime-in yes", locale="en-US")
        assert told.content.endswith("so I stay silent until the owner's next training.")
        await chat.talk()
        assert await chat.silent()
    await store.close()


async def test_where_discord_does_not_allow_it_the_owner_reads_what_to_do(
    picking: Path, play: Callable[..., AbstractAsyncContextManager[Any]]
) -> None:
    async with Playground() as playground:
        with pytest.raises(OwnerError, match=r"turn on Message Content Intent .* leave out DANTOK_UNASKED"):
            async with play(playground, picking, unasked=QUIET):
                pytest.fail("it came in")
