"""More guilds than one: a bot is in each, and each has its own room and its own messages."""

import discord

from playground import Playground
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
