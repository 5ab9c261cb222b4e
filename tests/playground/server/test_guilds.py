"""More guilds than one: a bot is in each, and each has its own room and its own messages."""

import asyncio

import discord
import pytest

from playground import Playground
from tests.patience import PATIENCE
from tests.playground.guest_bot import guest


async def test_a_bot_is_in_every_guild_and_speaks_in_each() -> None:
    async with Playground() as playground:
        rooms = [playground.world.add_guild(f"모임 {number}") for number in range(3)]
        async with guest(playground) as client:
            assert {str(guild.id) for guild in client.guilds} == set(playground.world.guilds)
            for room in rooms:
                channel = client.get_channel(int(room["id"]))
                assert isinstance(channel, discord.TextChannel)
                assert channel.guild.name == room["name"]
                assert channel.permissions_for(channel.guild.me).send_messages
                await channel.send(room["name"])
                (member,) = await channel.guild.query_members(query="정훈")
                assert member.guild.id == channel.guild.id
                assert (await channel.guild.fetch_member(member.id)).display_name == "정훈"
                answer = await playground.command("/echo words:안녕 times:1", channel=room["name"])
                assert "안녕" in answer.content
        assert [next(said["content"] for said in playground.messages(room["name"])) for room in rooms] == [
            room["name"] for room in rooms
        ]
        assert playground.unknown_routes == []


async def test_who_is_on_which_guild_is_each_guilds_own() -> None:
    async with Playground() as playground:
        world = playground.world
        room, other = world.add_guild("모임", ["정훈"]), world.add_guild("남의 모임", with_bot=False)
        async with guest(playground) as client:
            assert client.get_guild(int(other["guild_id"])) is None
            guild = client.get_guild(int(room["guild_id"]))
            assert guild is not None
            member = await guild.fetch_member(int(world.person_called("정훈")["id"]))
            for name, where in (("윤혜", guild), ("정훈", discord.Object(int(other["guild_id"])))):
                with pytest.raises(discord.NotFound):
                    await client.http.get_member(where.id, int(world.person_called(name)["id"]))
            playground.admin.leave_guild(room["guild_id"], str(member.id))
            with pytest.raises(discord.NotFound):
                await guild.fetch_member(member.id)
            playground.admin.leave_guild(room["guild_id"], world.bot["id"])
            async with asyncio.timeout(PATIENCE):
                while client.get_guild(guild.id) is not None:  # noqa: ASYNC110 - the client tells nobody here
                    await asyncio.sleep(0.01)
            playground.admin.join_guild(room["guild_id"], world.bot["id"])
            async with asyncio.timeout(PATIENCE):
                while client.get_guild(guild.id) is None:  # noqa: ASYNC110 - as above
                    await asyncio.sleep(0.01)
