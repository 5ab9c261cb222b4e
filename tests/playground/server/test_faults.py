"""Misbehaviour on request, as the real client meets it."""

import asyncio
import time

import aiohttp
import discord
import pytest

from playground import NoAnswer, Playground


def room(playground, guest):
    return guest.get_channel(int(playground.world.channel_called("생일")["id"]))


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_rate_limit_is_waited_out(playground, guest, everywhere):
    playground.faults.rate_limit("/channels/*/messages", retry_after=0.3, everywhere=everywhere)
    started = time.perf_counter()
    await room(playground, guest).send("축하")
    assert time.perf_counter() - started >= 0.3
    assert [one["content"] for one in playground.messages("생일")] == ["축하"]


async def test_a_server_error_is_tried_again(playground, guest):
    playground.faults.error("/channels/*/messages", status=502)
    await room(playground, guest).send("축하")
    assert len(playground.messages("생일")) == 1


async def test_an_error_after_the_deed_does_not_double_it_where_a_nonce_is_sent(playground, guest):
    playground.faults.error("/channels/*/messages", status=500, after=True)
    sent = await room(playground, guest).send("축하", nonce="1")
    tries = [exchange.answer["id"] for exchange in playground.requests if exchange.method == "POST"]
    assert tries == [str(sent.id)] * 2
    assert len(playground.messages("생일")) == 1


async def test_without_a_nonce_the_same_error_doubles_it(playground, guest):
    playground.faults.error("/channels/*/messages", status=500, after=True)
    route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=room(playground, guest).id)
    await guest.http.request(route, json={"content": "축하"})
    assert len(playground.messages("생일")) == 2


async def test_a_lost_answer_is_a_lost_connection(playground, guest):
    playground.faults.lose("/channels/*/messages", method="POST", after=True)
    with pytest.raises(aiohttp.ClientError):
        await room(playground, guest).send("갔나?")
    assert len(playground.messages("생일")) == 1


async def test_a_slow_way_to_the_first_answer_is_too_late(playground, guest):
    playground.faults.slow(1.2, "/interactions/*")
    with pytest.raises(NoAnswer):
        await playground.command("/say word:윤혜 n:1")
    await asyncio.sleep(0.4)
    assert guest.errors[-1].code == 10062


async def test_a_slow_answer_to_what_is_done_is_done_once(playground, guest):
    playground.faults.slow(0.2, "/channels/*/messages", after=True)
    started = time.perf_counter()
    await room(playground, guest).send("축하")
    assert time.perf_counter() - started >= 0.2
    assert len([exchange for exchange in playground.requests if exchange.method == "POST"]) == 1


async def test_a_token_lives_fifteen_minutes():
    now = [time.time()]
    async with Playground(clock=lambda: now[0]) as playground:
        with playground.redirect():
            client = discord.Client(intents=discord.Intents.none(), guild_ready_timeout=0.05)
            tree = discord.app_commands.CommandTree(client)
            kept = []

            @tree.command(description="x")
            async def keep(interaction: discord.Interaction) -> None:
                kept.append(interaction)
                await interaction.response.send_message("하나")

            client.setup_hook = tree.sync
            running = asyncio.create_task(client.start(playground.TOKEN))
            await playground.wait_ready()
            await playground.command("/keep")
            now[0] += 899
            await kept[0].followup.send("둘")
            now[0] += 2
            with pytest.raises(discord.HTTPException) as refused:
                await kept[0].followup.send("셋")
            assert (refused.value.status, refused.value.code) == (401, 50027)
            await client.close()
            await running
