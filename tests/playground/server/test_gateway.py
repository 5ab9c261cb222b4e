"""The gateway through the real client: what it hears, how it comes back."""

import asyncio

import aiohttp
import discord
import pytest

from playground import NoAnswer, Playground
from tests.patience import PATIENCE


async def until(holds, seconds=PATIENCE):
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.01)


async def test_without_the_privileged_intent_words_of_others_are_hidden(playground, guest):
    playground.say("비밀 이야기")
    playground.say(f"<@{guest.user.id}> 안녕")
    playground.say("둘만의 이야기", channel="dm")
    await until(lambda: len(guest.heard) == 3)
    assert [message.content for message in guest.heard] == ["", f"<@{guest.user.id}> 안녕", "둘만의 이야기"]
    assert guest.heard[0].author.display_name == "윤혜"


async def test_at_and_a_name_is_a_mention_as_discords_client_makes_one(playground, guest):
    message = playground.say("@단톡 안녕 @윤혜야 a@단톡 @아무개")
    assert message["content"] == f"<@{guest.user.id}> 안녕 @윤혜야 a@단톡 @아무개"
    await until(lambda: guest.heard)
    assert guest.user in guest.heard[0].mentions


async def test_a_reply_brings_its_words_if_it_pings_and_what_it_replies_to_by_its_own_rule(playground, guest):
    hidden, own = playground.say("비밀 이야기"), await playground.command("/say word:윤혜 n:1")
    await until(lambda: len(guest.heard) == 2)
    playground.say("그래?", replied=own)
    playground.say("그래?", replied=own, ping=False)
    playground.say("<@1> 쉿", replied=hidden)
    playground.say("@단톡 쉿", replied=hidden)
    await until(lambda: len(guest.heard) == 6)
    replies = guest.heard[2:]
    assert [reply.content for reply in replies] == ["그래?", "", "", f"<@{guest.user.id}> 쉿"]
    assert [reply.reference.resolved.content for reply in replies] == ["윤혜", "윤혜", "", ""]
    assert {reply.type for reply in replies} == {discord.MessageType.reply}


async def test_the_bot_hears_what_is_said_in_a_thread_begun_before_or_after_it_came(playground, guest):
    rooms = playground.world.rooms_of(playground.world.guild)
    thread = playground.world.add_thread(rooms[0], "실타래")
    playground.say("@단톡 여기", channel="실타래")
    await until(lambda: guest.heard)
    assert isinstance(guest.heard[0].channel, discord.Thread)
    assert guest.heard[0].channel.parent.id == int(rooms[0]["id"])
    playground.gateway.invalidate()
    await until(lambda: playground.gateway.identified == 2, 15)
    await until(lambda: guest.get_guild(int(thread["guild_id"])).get_thread(int(thread["id"])))
    assert len(playground.world.rooms_of(playground.world.guild)) == len(rooms)


async def test_a_reply_of_the_bot_is_found_and_one_that_never_comes_is_said(playground, guest):
    message = playground.say("@단톡 답해 봐")
    with pytest.raises(NoAnswer, match="제때 답하지 않았어요"):
        await playground.reply_to(message, 0.05)
    await until(lambda: guest.heard)
    await guest.heard[0].reply("응")
    assert (await playground.reply_to(message)).content == "응"


async def test_an_intent_that_is_not_allowed_is_refused(playground):
    with playground.redirect():
        client = discord.Client(intents=discord.Intents.all())
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(playground.TOKEN)
        await client.close()


async def test_a_dropped_socket_is_resumed_and_nothing_is_missed(playground, guest):
    playground.gateway.drop_sockets()
    assert (await playground.command("/say word:윤혜 n:1")).content == "윤혜"
    assert guest.resumes == 1
    assert (playground.gateway.identified, playground.gateway.resumed) == (1, 1)


async def test_after_a_while_without_a_gateway_the_bot_hears_what_it_missed(playground, guest):
    playground.gateway.shut = True
    playground.gateway.drop_sockets()
    await until(lambda: not playground.gateway.online)
    playground.say("없는 동안", channel="dm")
    with pytest.raises(NoAnswer):
        await playground.command("/say word:윤혜 n:1")
    playground.gateway.shut = False
    await until(lambda: guest.heard, 15)
    assert guest.heard[0].content == "없는 동안"
    assert playground.gateway.identified == 1
    assert (await playground.command("/say word:다시 n:1")).content == "다시"


async def test_a_request_to_reconnect_is_followed(playground, guest):
    playground.gateway.ask_to_reconnect()
    await until(lambda: guest.resumes == 1, 15)
    assert (await playground.command("/say word:윤혜 n:1")).content == "윤혜"


async def test_an_invalid_session_is_begun_anew(playground, guest):
    playground.gateway.invalidate()
    await until(lambda: playground.gateway.identified == 2, 15)
    await playground.wait_ready()
    assert (await playground.command("/say word:윤혜 n:1")).content == "윤혜"
    assert guest.resumes == 0


async def test_heartbeats_are_acknowledged():
    async with Playground(heartbeat=0.05) as playground:
        with playground.redirect():
            client = discord.Client(intents=discord.Intents.none(), guild_ready_timeout=0.05)
            running = asyncio.create_task(client.start(playground.TOKEN))
            await until(lambda: playground.gateway.online)
            await until(lambda: client.latency < 1)
            await asyncio.sleep(0.3)
            assert playground.gateway.online
            assert playground.gateway.identified == 1
            await client.close()
            await running


async def test_who_is_here_is_known(playground, connect):
    assert not playground.world.bot_online
    async with connect(playground) as bot:
        assert playground.world.bot_online
        await bot.change_presence(activity=discord.Game("끝말잇기"))
        await until(lambda: playground.world.presence["activities"])
        assert playground.world.presence["activities"][0]["name"] == "끝말잇기"
    await until(lambda: not playground.world.bot_online)


@pytest.mark.parametrize("frame", ["{{", "[" * 100_000, "5", '{"op": 2, "d": []}', '{"op": 6, "d": {"seq": {}}}'])
async def test_a_stranger_with_odd_frames_is_closed_out_and_the_bot_hears_on(playground, guest, frame):
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{playground.url}/gateway") as stranger:
        await stranger.receive()
        await stranger.send_str(frame)
        assert (await stranger.receive()).type is aiohttp.WSMsgType.CLOSE
        assert stranger.close_code in {4002, 4004}
    assert (await playground.command("/say word:윤혜 n:1")).content == "윤혜"
