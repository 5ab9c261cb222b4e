"""Messages without an interaction, and everything else that the REST side knows, through the real client."""

import asyncio
import io

import discord
import pytest

from playground.world.permissions import ADD_REACTIONS
from tests.playground.openapi import Description


async def test_a_message_is_sent_fetched_edited_and_deleted(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("맛집")["id"]))
    sent = await channel.send("국밥", file=discord.File(io.BytesIO(b"x"), "메모.txt"))
    assert await (await channel.fetch_message(sent.id)).attachments[0].read() == b"x"
    assert (await sent.edit(content="김밥")).content == "김밥"
    assert [one.content async for one in channel.history(limit=2)] == ["김밥", "줄이 너무 길어서 김밥 먹고 왔어"]
    assert [one.content async for one in channel.history(limit=1, before=sent)] == ["줄이 너무 길어서 김밥 먹고 왔어"]
    await sent.delete()
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(sent.id)


async def test_a_nonce_is_sent_once(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("생일")["id"]))
    first = await channel.send("생일 축하해", nonce="yunhye-2026")
    assert (await channel.send("생일 축하해", nonce="yunhye-2026")).id == first.id
    assert (await channel.send("생일 축하해", nonce="dabin-2026")).id != first.id
    assert len(playground.messages("생일")) == 2


async def test_a_direct_message_to_a_person(playground, guest):
    person = await guest.fetch_user(int(playground.world.person_called("은결")["id"]))
    await person.send("안녕")
    assert [one["content"] for one in playground.messages("dm", member="은결")] == ["안녕"]


async def test_the_guild_can_be_read(playground, guest):
    guild = guest.guilds[0]
    assert (await guest.fetch_guild(guild.id)).name == playground.world.guild["name"]
    assert (await guild.fetch_member(guild.owner_id)).display_name == "윤혜"
    assert [one.display_name for one in await guild.query_members("다")] == ["다빈"]
    assert {channel.name for channel in await guild.fetch_channels()} >= {"일상", "맛집"}
    assert (await guest.application_info()).owner.id == guild.owner_id


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"content": "가" * 2001}, "content"),
        ({"embed": discord.Embed(title="가" * 257)}, "embeds.0.title"),
        ({"embeds": [discord.Embed(description="가" * 4000), discord.Embed(description="가" * 4000)]}, "embeds"),
    ],
)
async def test_what_discord_refuses_is_refused(playground, guest, sent, path):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    with pytest.raises(discord.HTTPException, match=path) as refused:
        await channel.send(**sent)
    assert (refused.value.status, refused.value.code) == (400, 50035)


async def test_an_empty_message_and_one_of_somebody_else(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    with pytest.raises(discord.HTTPException) as empty:
        await channel.send("")
    assert empty.value.code == 50006
    other = await anext(channel.history(limit=1))
    with pytest.raises(discord.Forbidden):
        await other.edit(content="내가 쓴 것")


async def test_custom_ids_must_differ(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    view = discord.ui.View()
    for _ in range(2):
        view.add_item(discord.ui.Button(label="a", custom_id="same"))
    with pytest.raises(discord.HTTPException, match="custom_id"):
        await channel.send("x", view=view)


async def test_a_wrong_token_does_not_get_in(playground):
    with playground.redirect():
        client = discord.Client(intents=discord.Intents.none())
        with pytest.raises(discord.LoginFailure):
            await client.login("another token")
        await client.close()


async def test_what_the_playground_does_not_know_is_recorded(playground, guest):
    with pytest.raises(discord.NotFound):
        await guest.guilds[0].invites()
    assert playground.unknown_routes == [f"GET /guilds/{guest.guilds[0].id}/invites"]


async def test_redirect_is_undone(playground):
    with playground.redirect():
        assert f"{playground.url}/api/v10" == discord.http.Route.BASE
    assert discord.http.Route.BASE == "https://discord.com/api/v10"


async def test_everything_on_the_wire_is_as_discord_describes_it(playground, guest, shared):
    for text in ("/say word:윤혜 n:3", "/later", "/later true", "/picture", "/follow"):
        answer = await playground.command(text)
    await playground.press(await playground.command("/say word:윤혜 n:1"), "1")
    await playground.submit_modal(await playground.command("/form"), {"short": "a"})
    await playground.autocomplete("/fruit", "name", "사")
    await test_a_message_is_sent_fetched_edited_and_deleted(playground, guest)
    await test_a_direct_message_to_a_person(playground, guest)
    await test_the_guild_can_be_read(playground, guest)
    assert answer.content
    assert playground.unknown_routes == []
    assert list(dict.fromkeys(Description(shared / "spec" / "discord-openapi.json").wrongs(playground.requests))) == []


async def test_a_reaction_is_added_once_and_the_page_and_the_bot_are_told(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    message = await channel.send("국밥")
    told = asyncio.ensure_future(guest.wait_for("raw_reaction_add", timeout=5))
    await asyncio.sleep(0)
    for _ in range(2):
        await message.add_reaction("😂")
    await message.add_reaction("❤️")
    assert (await told).emoji.name == "😂"
    again = await channel.fetch_message(message.id)
    assert [(str(one.emoji), one.count, one.me) for one in again.reactions] == [("😂", 1, True), ("❤️", 1, True)]


@pytest.mark.parametrize("emoji", ["바보", "x", "단톡:123456789012345678", "😂😂", "❤"])
async def test_what_is_no_emoji_that_the_guild_has_is_no_reaction(playground, guest, emoji):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    message = await channel.send("국밥")
    with pytest.raises(discord.HTTPException) as refused:
        await message.add_reaction(emoji)
    assert refused.value.code == 10014


async def test_reactions_have_an_end_and_need_a_permission_and_a_message(playground, guest):
    channel = guest.get_channel(int(playground.world.channel_called("일상")["id"]))
    message = await channel.send("국밥")
    for place in range(20):
        await message.add_reaction(chr(0x1F600 + place))
    with pytest.raises(discord.HTTPException) as full:
        await message.add_reaction("🙏")
    assert full.value.code == 30010
    playground.admin.rule(str(channel.id), playground.world.bot["id"], deny=ADD_REACTIONS)
    with pytest.raises(discord.Forbidden):
        await (await channel.send("김밥")).add_reaction("😂")
    await message.delete()
    with pytest.raises(discord.NotFound):
        await message.add_reaction("😂")
