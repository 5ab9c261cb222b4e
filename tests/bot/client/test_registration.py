"""Where the commands stand on Discord: in one list at a time, whatever was set before."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.client.client import Dantok
from bot.client.serving import running
from bot.features.feature import Services
from bot.groups.group import OneGroup
from bot.groups.served_bundle import ServedBundle
from bot.inference.worker import Workers
from playground import Playground
from tests.patience import PATIENCE

IN_GUILD = "/guilds/{guild_id}/commands"
Names = set[str]


@asynccontextmanager
async def _run(playground: Playground, bundle: Path, guild: int | None) -> AsyncIterator[None]:
    """Run a bot whose ``DANTOK_GUILD`` is ``guild`` until its commands are where they belong."""
    services = Services(OneGroup(ServedBundle.open(bundle)), Workers.of(8))
    client = Dantok(services, ready_timeout=0.01, guild=guild)
    with playground.redirect():
        async with running(client, playground.TOKEN):
            await _until(client.is_ready)
            await _until(lambda: _lists(playground) == {str(guild) if guild else "global"})
            yield


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


def _lists(playground: Playground) -> Names:
    """Return which lists hold commands."""
    book = playground.world.commands
    scopes = [None, *playground.world.guilds]
    return {scope or "global" for scope in scopes if book.in_scope(scope)}


async def test_commands_stand_in_one_list_however_the_server_is_set_and_unset(bundle: Path) -> None:
    async with Playground() as playground:
        first = int(playground.world.guild["id"])
        second = int(playground.world.add_guild("둘째")["guild_id"])
        for guild in (None, first, second, None, second, first, first, None, None):
            async with _run(playground, bundle, guild):
                pass
        assert playground.unknown_routes == []


async def test_a_member_is_answered_by_a_command_of_the_list_of_before(bundle: Path) -> None:
    async with Playground() as playground:
        async with _run(playground, bundle, None):
            pass
        stale = [command for command in playground.world.commands.all() if command["name"] == "say"]
        async with _run(playground, bundle, int(playground.world.guild["id"])):
            playground.world.commands._scopes[None] = {stale[0]["id"]: stale[0]}
            playground.world.commands._scopes[playground.world.guild["id"]].clear()
            assert (await playground.command("/say 오늘 5")).content.startswith("오늘")


async def test_lists_that_are_empty_are_left_alone(bundle: Path) -> None:
    async with Playground() as playground:
        playground.world.add_guild("둘째")
        async with _run(playground, bundle, None):
            await _until(
                lambda: sum(one.route.endswith("/guilds/{guild_id}/commands") for one in playground.requests) == 2
            )
        assert [one.route for one in playground.requests if one.method == "PUT"] == [
            "/applications/{application_id}/commands"
        ]


async def test_a_hiccup_does_not_leave_a_list_behind(bundle: Path) -> None:
    async with Playground() as playground:
        guild = int(playground.world.guild["id"])
        async with _run(playground, bundle, guild):
            pass
        playground.faults.error("/applications/*/guilds/*", status=503)
        async with _run(playground, bundle, None):
            pass
        async with _run(playground, bundle, None):
            playground.faults.clear()


async def test_a_server_where_the_bot_is_not_is_one_sentence(bundle: Path, tmp_path: Path) -> None:
    from tests.bot.processes import running as process_of

    async with Playground() as playground:
        playground.faults.error("/applications/*/guilds/5/commands", method="PUT", status=403)
        async with process_of(playground, tmp_path, bundle, guild="5", log_level="ERROR") as process:
            _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert err.decode().startswith("The bot is not on the server that DANTOK_GUILD names")
    assert len(err.decode().splitlines()) == 1


async def test_who_ends_it_while_the_servers_are_still_coming_sees_no_complaint(
    bundle: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = Dantok(Services(OneGroup(ServedBundle.open(bundle)), Workers.of(8)), ready_timeout=0.3)
    async with Playground() as playground:
        with playground.redirect():
            async with running(client, playground.TOKEN):
                await _until(lambda: bool(client.guilds))
                assert not client.is_ready()
            await asyncio.sleep(0.4)  # it waits no longer for them, and finds that nobody listens
    assert "Uncaught" not in caplog.text
