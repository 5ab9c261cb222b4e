"""Reactions as members meet them, through the real client: asked for, and given to who calls the bot."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.features.calls.quota import MOST_A_MINUTE
from bot.features.reactions.texts import ReactionTexts
from bot.i18n import texts_for
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.world.permissions import ADD_REACTIONS, READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL
from tests.bot.conftest import Room
from tests.bot.features.reply.test_when_called import heard
from tests.bot.inference.reactors import add_reactor

MENU = "무슨 이모지?"
ON, OFF = "/부르면-이모지 켜기", "/부르면-이모지 끄기"
MENTION = "@단톡 술 한잔 할래"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Path:
    return add_reactor(write_bundle(tmp_path_factory.mktemp("bundles") / "bundle"))


@pytest.fixture
async def room(
    folder: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> AsyncIterator[Room]:
    store, clock = await Store.open(address(None, tmp_path)), turned()
    async with (
        Playground(finish_within=10, clock=clock) as playground,
        play(playground, folder, store=store, clock=clock) as stage,
    ):
        yield Room(playground, stage.client, clock)
        assert playground.unknown_routes == []
    await store.close()


def reactions(message: Any) -> list[str]:
    return [reaction["emoji"]["name"] for reaction in message.get("reactions", [])]


async def silent(room: Any, message: Any) -> bool:
    """Return whether nothing came of a message."""
    await heard(room)
    return not reactions(message)


async def test_the_message_gets_the_reaction_and_who_asked_is_told(room: Any) -> None:
    message = room.playground.say("술 한잔 할래", member="정훈")
    answer = await room.playground.use_on_message(message, MENU, member="다빈")
    assert reactions(message) == ["😂"]
    assert answer.ephemeral
    assert answer.content == "이 방이라면 😂 이거죠! 달아 뒀어요.\n-# AI 모델이 골랐어요"
    heart = room.playground.say("생일 축하", member="정훈")
    english = await room.playground.use_on_message(heart, "Which emoji?", locale="en-US")
    assert reactions(heart) == ["❤️"]
    assert english.content.startswith("This group would give it ❤️, so I put that there.")


async def test_where_it_may_not_react_or_the_message_is_gone_it_tells(room: Any) -> None:
    message = room.playground.say("술 한잔 할래", member="정훈")
    room.playground.admin.rule(message["channel_id"], room.playground.world.bot["id"], deny=ADD_REACTIONS)
    answer = await room.playground.use_on_message(message, MENU)
    assert reactions(message) == []
    assert "이 방이라면 😂" in answer.content
    assert "/channels/" in answer.content
    for status in (404, 400):  # the message is gone; the place has no such emoji
        private = room.playground.say("술 한잔 할래", channel="dm")
        room.playground.faults.error("/channels/*/reactions/*", method="PUT", status=status)
        assert "이 방이라면 😂" in (await room.playground.use_on_message(private, MENU)).content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("오늘 밥", "잘 모르겠어서"),
        ("할머니 돌아가셨어 가자", "잘 모르겠어서"),
        ("", "읽을 글이 없어요"),
        ("<:party:123456789012345678>", "읽을 글이 없어요"),
        ("<@99> https://example.com", "읽을 글이 없어요"),
    ],
)
async def test_what_it_cannot_react_to_is_said_kindly(room: Any, content: str, sentence: str) -> None:
    channel = next(iter(room.playground.world.channels.values()))
    author = room.playground.world.person_called("정훈")
    message = room.playground.world.messages.post(channel, author, {"content": content})
    answer = await room.playground.use_on_message(message, MENU)
    assert answer.ephemeral
    assert sentence in answer.content
    assert reactions(message) == []


async def test_a_message_of_its_own_gets_one_too_and_so_does_a_long_one(room: Any) -> None:
    own = await room("/이모지 술 한잔 할래")
    assert own.content.splitlines() == ["-# ↪ 술 한잔 할래", "이 방이라면 😂", "-# AI 모델이 골랐어요"]
    assert not own.ephemeral
    await room.playground.use_on_message(own, MENU)
    assert reactions(room.playground.world.messages.find(own.message_id)) == ["😂"]
    channel = next(iter(room.playground.world.channels.values()))
    author = room.playground.world.person_called("정훈")
    message = room.playground.world.messages.post(channel, author, {"content": "밥 " * 1998 + "대박"})
    await room.playground.use_on_message(message, MENU)
    assert reactions(message) == ["🤣"]


async def test_a_sentence_is_told_in_private_too_and_one_without_words_is_refused(room: Any) -> None:
    assert "👍" in (await room.playground.command("/emoji 오늘 가자", channel="dm", locale="en-US")).content
    assert (await room("/이모지", options={"sentence": "<@99>"})).content.startswith("이모지를 달 말이 없어요")
    told = await room("/이모지", options={"sentence": "@everyone 술 한잔"})
    assert not told.message["mention_everyone"]


async def test_a_group_that_has_learnt_none_has_no_such_command(stage: Any) -> None:
    names = {command["name"] for command in stage.playground.world.commands.all()}
    assert "reply" in names
    assert not names & {"emoji", "Which emoji?", "react-when-called"}


async def test_who_calls_gets_a_reaction_once_a_manager_has_turned_it_on(room: Any) -> None:
    first = room.playground.say(MENTION, member="정훈")
    assert await silent(room, first)
    told = await room(ON)
    assert told.ephemeral
    assert "이모지를 달게요" in told.content
    message = room.playground.say(MENTION, member="정훈")
    private = room.playground.say("오늘 시험 망했다", channel="dm", member="다빈")
    await heard(room)
    assert (reactions(message), reactions(private)) == (["😂"], ["😭"])
    assert not [one for one in room.playground.requests if one.path.endswith("/messages") and one.method == "POST"]
    assert "달지 않을게요" in (await room(OFF)).content
    assert await silent(room, room.playground.say(MENTION, member="정훈"))
    assert await silent(room, room.playground.say("술 한잔", channel="dm", member="다빈"))


async def test_only_managers_turn_it_on(room: Any) -> None:
    everyone = room.playground.world.guild["roles"][0]
    room.playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY))
    refused = await room(ON, member="정훈")
    assert refused.content == "서버 관리하기 권한이 있는 사람만 할 수 있어요."
    assert await silent(room, room.playground.say(MENTION))


async def test_it_does_nothing_where_it_is_not_sure_not_called_or_may_not(room: Any) -> None:
    await room(ON)
    for content in ("@단톡 오늘 밥", "@단톡", "술 한잔 할래", "@단톡 장례식 가자"):
        assert await silent(room, room.playground.say(content, member="정훈")), content
    world = room.playground.world
    channel = next(iter(world.channels.values()))
    hook = {"content": f"<@{world.bot['id']}> 술 한잔", "mentions": [world.bot], "webhook_id": "77"}
    assert await silent(room, world.messages.post(channel, world.person_called("다빈"), hook))
    room.playground.admin.rule(channel["id"], world.guild["id"], deny=ADD_REACTIONS)
    before = len(room.playground.requests)
    assert await silent(room, room.playground.say(MENTION, channel=channel["name"]))
    assert not [one for one in list(room.playground.requests)[before:] if one.method == "PUT"]


async def test_a_message_that_is_deleted_meanwhile_is_no_fault(room: Any, caplog: pytest.LogCaptureFixture) -> None:
    await room(ON)
    room.playground.world.messages.delete(room.playground.say(MENTION, member="정훈"))
    await heard(room)
    (attempt,) = [one for one in room.playground.requests if one.method == "PUT" and "/reactions/" in one.path]
    assert attempt.status == 404
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


async def test_a_flood_of_calls_gets_so_many_a_minute(room: Any) -> None:
    await room(ON)
    said = [room.playground.say(f"{MENTION} {number}", member="정훈") for number in range(MOST_A_MINUTE * 2)]
    await heard(room)
    assert sum(map(bool, map(reactions, said))) == MOST_A_MINUTE


async def test_calls_count_whether_a_reaction_is_sure_or_not(room: Any) -> None:
    await room(ON)
    for number in range(MOST_A_MINUTE):
        room.playground.say(f"@단톡 오늘 밥 {number}", member="정훈")
    await heard(room)
    assert await silent(room, room.playground.say(MENTION, member="정훈"))


async def test_an_emoji_that_the_server_does_not_take_is_no_fault(room: Any, caplog: pytest.LogCaptureFixture) -> None:
    await room(ON)
    room.playground.faults.error("/channels/*/reactions/*", method="PUT", status=400)
    assert await silent(room, room.playground.say(MENTION, member="정훈"))
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    later = room.playground.say(f"{MENTION} 또", member="정훈")
    await heard(room)
    assert reactions(later) == ["😂"]


async def test_a_server_that_is_forgotten_has_it_off(room: Any) -> None:
    await room(ON)
    guild_id = int(room.playground.world.guild["id"])
    (feature,) = [each for each in room.client.features if type(each).__name__ == "ReactionsFeature"]
    assert guild_id in await feature.servers()
    await feature.forget_server(guild_id)
    assert await silent(room, room.playground.say(MENTION))


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_example_of_the_help_gets_one_in_the_demo(
    language: str, tmp_path: Path, play: Callable[..., Any]
) -> None:
    texts, store = texts_for(ReactionTexts, language), await Store.open(address(None, tmp_path))
    example = re.search(r"`(/.+?)`", texts.nothing_typed)
    assert example
    async with Playground(finish_within=10) as playground, play(playground, DEMO_BUNDLE, store=store):
        answer = await playground.command(example[1], locale=language)
    assert not answer.ephemeral
    assert "😭" in answer.content
    await store.close()
