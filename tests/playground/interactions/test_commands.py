"""Slash commands through the real client: typed, answered, late, wrong."""

import asyncio

import discord
import pytest

from playground import NoAnswer, TypedError


@pytest.mark.parametrize(
    "text",
    ["/say 윤혜 n:3", "/say word:윤혜 n:3", "/말해 단어:윤혜 n:3", "/말해 윤혜 n:3", "/say n:3 word:윤혜"],
)
async def test_a_command_is_understood_however_it_is_typed(playground, guest, text):
    answer = await playground.command(text)
    assert answer.content == "윤혜 윤혜 윤혜"
    assert 0 < answer.latency < 1
    assert not answer.ephemeral


async def test_what_follows_the_name_is_the_first_option_spaces_and_all(playground, guest):
    """As in Discord's client: words are never dealt out onto several options, and quotes are only quotes."""
    assert (await playground.command("/말해 생일 축하 n:1")).content == "생일 축하"
    assert (await playground.command("/말해 단어:생일 축하 n:1")).content == "생일 축하"
    assert (await playground.command("/say 윤혜 5 n:1")).content == "윤혜 5"
    assert (await playground.command('/say "생일 축하" n:1')).content == '"생일 축하"'
    assert (await playground.command("/say 지금 시각: 9:00 n:1")).content == "지금 시각: 9:00"
    assert (await playground.command("/say n:1 word:다 n")).content == "다 n"
    assert (await playground.command("/say", options={"word": "```\n@x\n```", "n": 1})).content == "```\n@x\n```"


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("/say 윤혜", "en-US", "Usage: /say word n"),
        ("/say 윤혜", "ko", "사용법: /말해 단어 n"),
        ("/say 윤혜 5", "ko", "'n' 값이 빠졌어요"),
        ("/say 윤혜 n:하나", "en-US", "'n' must be a whole number"),
        ("/say 윤혜 n:3 4", "en-US", "'n' must be a whole number"),
        ("/say 윤혜 n:51", "ko", "50 이하"),
        ("/say 윤혜 n:0", "en-US", "at least 1"),
        ("/say 다빈 n:3 word:윤혜", "en-US", "no option left for '다빈'"),
        ("/say word:윤혜 word:다빈 n:1", "en-US", "twice"),
        ("/nothing", "en-US", "/say"),
        ("/box", "en-US", "/box put thing · /box take"),
        ("/kinds who:아무개 where:#일상 ratio:0.5 sure:true colour:red", "en-US", "아무개"),
        ("/kinds @윤혜 where:#일상 ratio:0.5 sure:true colour:green", "en-US", "빨강, 파랑"),
    ],
)
async def test_what_discord_would_not_send_is_refused_with_a_reason(playground, guest, text, locale, said):
    with pytest.raises(TypedError, match=said.replace("[", r"\[")):
        await playground.command(text, locale=locale)


@pytest.mark.parametrize("message", ["", "가" * 2001])
async def test_a_message_of_a_length_that_discord_takes_none_of_is_not_said(playground, guest, message):
    with pytest.raises(TypedError, match="메시지는 1자에서 2000자까지"):
        playground.say(message)


async def test_a_text_longer_than_the_option_allows_never_leaves(playground, guest):
    with pytest.raises(TypedError, match="100"):
        await playground.command(f"/say word:{'가' * 101} n:1")


async def test_every_kind_of_option_arrives(playground, guest):
    photo = playground.upload("me.png", b"123456")
    answer = await playground.command(f"/kinds @다빈 where:#맛집 ratio:0.5 sure:예 colour:빨강 photo:{photo}")
    assert answer.content == "다빈 맛집 0.5 True red 6"


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("@다빈 where:맛집 ratio:.5 sure:응 colour:RED", "다빈 맛집 0.5 True red 0"),
        ("DABIN where:#맛집 ratio:-2 sure:OFF colour:파랑", "다빈 맛집 -2.0 False blue 0"),
        ("<@{dabin}> where:<#{room}> ratio:+3. sure:1 colour:blue", "다빈 맛집 3.0 True blue 0"),
    ],
)
async def test_values_are_understood_as_people_write_them(playground, guest, typed, arrives):
    names = {
        "dabin": playground.world.person_called("다빈")["id"],
        "room": playground.world.channel_called("맛집")["id"],
    }
    assert (await playground.command(f"/kinds {typed.format(**names)}")).content == arrives


@pytest.mark.parametrize("number", ["1e3", "nan", "inf", "1_0", "٣", "", ".", "0x1"])
async def test_what_is_a_number_to_python_alone_is_none(playground, guest, number):
    with pytest.raises(TypedError, match="ratio"):
        await playground.command(f"/kinds @다빈 where:#맛집 ratio:{number} sure:예 colour:빨강", locale="en-US")
    with pytest.raises(TypedError, match="'n'"):
        await playground.command(f"/say 윤혜 n:{number}", locale="en-US")


async def test_a_file_that_nobody_uploaded_is_none(playground, guest):
    with pytest.raises(TypedError, match="'photo' must be a file"):
        await playground.command("/kinds @다빈 where:#맛집 ratio:1 sure:예 colour:빨강 photo:1", locale="en-US")


async def test_subcommands(playground, guest):
    assert (await playground.command("/box put 사과")).content == "넣음 사과"
    assert (await playground.command("/box take")).content == "꺼냄"
    assert (await playground.command("/box put", options={"thing": "a b"})).content == "넣음 a b"


async def test_autocomplete_offers_and_too_many_choices_are_refused(playground, guest):
    assert [choice["name"] for choice in await playground.autocomplete("/fruit", "name", "사")] == ["사과"]
    with pytest.raises(NoAnswer):
        await playground.autocomplete("/fruit", "name", "all")
    refused = [exchange for exchange in playground.requests if exchange.status == 400]
    assert refused[-1].answer["errors"]["data"]["choices"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"


async def test_thinking_becomes_the_answer_and_keeps_its_secrecy(playground, guest):
    assert (await playground.command("/later")).content == "생각 끝"
    secret = await playground.command("/later true")
    assert secret.ephemeral
    assert secret.message["flags"] == 64
    assert secret.message_id in [message["id"] for message in playground.messages()]
    assert secret.message_id not in [message["id"] for message in playground.messages(member="다빈")]


async def test_in_a_direct_message(playground, guest):
    assert (await playground.command("/say word:안녕 n:1", member="다빈", channel="dm")).content == "안녕"
    assert playground.messages("dm", member="다빈")[-1]["content"] == "안녕"
    assert playground.messages("dm", member="윤혜") == []


async def test_a_command_is_offered_in_its_contexts_alone(playground, guest):
    registered = {command["name"]: command for command in playground.world.commands.all()}
    ask, room = {"word": "안녕", "n": 1}, next(iter(playground.world.channels.values()))
    for changes, server, direct in (
        ({"contexts": [0]}, True, False),
        ({"contexts": [1, 2]}, False, True),
        ({"contexts": None, "dm_permission": False}, True, False),
        ({"guild_id": room["guild_id"]}, True, False),
        ({"guild_id": "1"}, False, False),
    ):
        registered["say"] |= {"dm_permission": True} | changes
        for channel, offered in ((None, server), ("dm", direct)):
            if offered:
                assert (await playground.command("/say 안녕 n:1", channel=channel)).content == "안녕"
                continue
            for options in (None, ask):
                with pytest.raises(TypedError, match="'말해' 명령은 여기서"):
                    await playground.command("/say" if options else "/say 안녕 n:1", channel=channel, options=options)


async def test_a_bot_that_says_nothing_fails_after_the_time_for_a_first_answer(playground, guest):
    with pytest.raises(NoAnswer):
        await playground.command("/silent")


async def test_a_late_answer_finds_the_interaction_gone(playground, guest):
    with pytest.raises(NoAnswer):
        await playground.command("/silent 1.2")
    await asyncio.sleep(0.5)
    assert isinstance(guest.errors[-1], discord.NotFound)
    assert guest.errors[-1].code == 10062


async def test_a_second_first_answer_is_refused(playground, guest):
    assert (await playground.command("/twice")).content == "한 번"
    await asyncio.sleep(0.1)
    assert guest.errors[-1].code == 40060


async def test_follow_ups_are_sent_edited_and_deleted(playground, guest):
    await playground.command("/follow")
    await asyncio.sleep(0.2)
    said = [message["content"] for message in playground.messages() if message["author"]["bot"]]
    assert said == ["하나 고침", "둘 고침"]
    assert guest.errors == []


async def test_files_go_out_and_come_back_from_their_urls(playground, guest):
    answer = await playground.command("/picture")
    assert [one["filename"] for one in answer.attachments] == ["b.txt"]
    image = answer.embeds[0]["image"]["url"]
    assert image.startswith(playground.url)
    assert (await guest.http.get_from_cdn(image)).startswith(b"\x89PNG")
    assert (await guest.http.get_from_cdn(answer.attachments[0]["url"])).decode() == "메모"


@pytest.mark.parametrize(("quiet", "pinged"), [(True, []), (False, ["다빈"])])
async def test_the_message_tells_whom_it_really_pings(playground, guest, quiet, pinged):
    dabin = playground.world.person_called("다빈")["id"]
    answer = await playground.command("/repeat", options={"text": f"<@{dabin}>이랑 @everyone이", "quiet": quiet})
    assert [user["global_name"] for user in answer.message["mentions"]] == pinged
    assert answer.message["mention_everyone"] is not quiet
