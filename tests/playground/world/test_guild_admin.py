"""Roles, permissions and people on the local server, as a real client meets them."""

import discord
import pytest

from playground.world.guild_admin import GuildAdmin
from playground.world.permissions import MANAGE_GUILD, READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL, in_channel, on_server


def _role(guild, name):
    return next(role for role in guild.roles if role.name == name)


async def _eventually(holds):
    import asyncio

    for _ in range(200):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to be")


async def test_a_bot_gives_and_takes_a_role_below_its_own_and_none_above(playground, guest):
    guild = guest.guilds[0]
    member = await guild.fetch_member(int(playground.world.me["id"]))
    today = _role(guild, "오늘의 주인공")
    await member.add_roles(today)
    assert (await guild.fetch_member(member.id)).get_role(today.id)
    await member.remove_roles(today)
    assert (await guild.fetch_member(member.id)).get_role(today.id) is None
    high = playground.admin.add_role("높은 역할", 3)
    with pytest.raises(discord.Forbidden) as refused:
        await member.add_roles(discord.Object(int(high["id"])))
    assert refused.value.code == 50013
    with pytest.raises(discord.NotFound) as refused:
        await member.add_roles(discord.Object(1))
    assert refused.value.code == 10011


async def test_what_a_channel_forbids_is_refused_as_discord_does(playground, guest):
    guild, channel = guest.guilds[0], guest.guilds[0].text_channels[0]
    playground.admin.rule(str(channel.id), playground.world.bot["id"], deny=SEND_MESSAGES)
    await _eventually(lambda: not channel.permissions_for(guild.me).send_messages)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("안녕")
    assert refused.value.code == 50013
    playground.admin.rule(str(channel.id), playground.world.bot["id"], deny=READ_HISTORY)
    assert [message async for message in channel.history()] == []
    playground.admin.rule(str(channel.id), playground.world.bot["id"], deny=VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as refused:
        await guest.fetch_channel(channel.id)
    assert refused.value.code == 50001


async def test_a_channel_that_is_removed_is_gone_for_the_client(playground, guest):
    channel = guest.guilds[0].text_channels[0]
    playground.admin.remove_channel(str(channel.id))
    await _eventually(lambda: guest.get_channel(channel.id) is None)
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("안녕")
    assert refused.value.code == 10003


async def test_who_left_is_found_by_asking_alone(playground, guest):
    guild = guest.guilds[0]
    left, stays = (int(playground.world.person_called(name)["id"]) for name in ("정훈", "다빈"))
    gone = playground.admin.leave(str(left))
    assert [member.id for member in await guild.query_members(user_ids=[left, stays])] == [stays]
    with pytest.raises(discord.NotFound):
        await guild.fetch_member(left)
    playground.admin.join(gone)
    assert len(await guild.query_members(user_ids=[left, stays])) == 2


async def test_a_command_comes_with_the_rights_of_who_gave_it(playground, guest):
    world = playground.world
    everyone = world.guild["roles"][0]
    playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES))
    other = world.members[world.person_called("다빈")["id"]]
    assert not on_server(world.guild, other) & MANAGE_GUILD
    assert on_server(world.guild, world.members[world.me["id"]]) & MANAGE_GUILD  # the owner
    manager = playground.admin.add_role("방장단", 1, MANAGE_GUILD)
    playground.admin.give_role(other["user"]["id"], manager["id"])
    assert on_server(world.guild, other) & MANAGE_GUILD


def test_a_members_own_rule_goes_before_a_roles_and_a_roles_before_everybodys(playground):
    world, ruling = playground.world, GuildAdmin(playground.world)
    channel, who = next(iter(world.channels.values())), world.person_called("다빈")["id"]
    everybody, role = world.guild["id"], ruling.add_role("친구", 1)["id"]

    def may_send() -> bool:
        return bool(in_channel(world.guild, world.members[who], channel) & SEND_MESSAGES)

    ruling.rule(channel["id"], everybody, deny=SEND_MESSAGES)
    assert not may_send()
    ruling.give_role(who, role)
    ruling.rule(channel["id"], role, allow=SEND_MESSAGES)
    assert may_send()
    ruling.rule(channel["id"], who, deny=SEND_MESSAGES)
    assert not may_send()
