"""Shards: several processes share the servers, and one may have several shards."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.client.client import Dantok
from bot.client.serving import running
from bot.features.feature import Services
from bot.groups.group import OneGroup
from bot.groups.served_bundle import ServedBundle
from bot.inference.worker import Workers
from playground import Playground
from tests.patience import PATIENCE

SERVERS = 5


@asynccontextmanager
async def connected(playground: Playground, bundle: Path, shards: tuple[Sequence[int], int]) -> AsyncIterator[Dantok]:
    """Connect one process's client."""
    services = Services(OneGroup(ServedBundle.open(bundle)), Workers.of(64))
    client, ready = Dantok(services, shards=shards, ready_timeout=0.05), asyncio.Event()

    async def note() -> None:
        ready.set()

    client.add_listener(note, "on_ready")
    with playground.redirect():
        async with running(client, playground.TOKEN):
            await asyncio.wait_for(ready.wait(), PATIENCE)
            yield client


def rooms(playground: Playground) -> dict[int, str]:
    """Make some more servers, and return a channel of each by the server's id."""
    for number in range(SERVERS - 1):
        # Servers are shared out by the millisecond in which they were made.
        playground.world.add_guild(f"방 {number}")
    channels = playground.world.channels.values()
    return {int(channel["guild_id"]): channel["id"] for channel in channels}


async def test_each_server_is_answered_by_the_process_that_has_its_shard(bundle: Path) -> None:
    async with Playground() as playground:
        channels = rooms(playground)
        async with connected(playground, bundle, ([0], 2)) as one, connected(playground, bundle, ([1], 2)) as other:
            await playground.wait_ready()
            ours = {guild.id for guild in one.guilds}, {guild.id for guild in other.guilds}
            assert ours[0] | ours[1] == channels.keys()
            assert not ours[0] & ours[1]
            for server, channel in channels.items():
                assert one.is_ours(server) is (server in ours[0])
                assert other.is_ours(server) is (server in ours[1])
                answer = await playground.command("/say word:윤혜 n:3 seed:7", channel=channel)
                assert answer.content.startswith("윤혜")


async def test_one_process_may_have_several_shards_and_connects_each_again(bundle: Path) -> None:
    async with Playground() as playground:
        channels = rooms(playground)
        async with connected(playground, bundle, (range(3), 3)) as client:
            await playground.wait_ready()
            assert {guild.id for guild in client.guilds} == channels.keys()
            playground.gateway.drop_sockets()
            for channel in channels.values():
                answer = await playground.command("/say word:윤혜 n:3 seed:7", channel=channel)
                assert answer.content.startswith("윤혜")
            assert playground.gateway.resumed == 3


async def test_private_messages_are_answered_by_the_first_shard_alone(bundle: Path) -> None:
    first, second = ([0], 2), ([1], 2)
    async with (
        Playground() as playground,
        connected(playground, bundle, first),
        connected(playground, bundle, second),
    ):
        await playground.wait_ready()
        answer = await playground.command("/say word:윤혜 n:3 seed:7", channel="dm")
        assert answer.content.startswith("윤혜")
