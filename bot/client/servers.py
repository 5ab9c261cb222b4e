"""Servers as Discord knows them: whether the bot is on one, and who else; what follows from that from time to time.

By REST where this process does not see a server: another one with other shards may. Knows no feature by name.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from bot.client.client import Dantok
from bot.groups.admissions import AdmissionRepository
from bot.groups.departures import Departures
from bot.logs import outline
from bot.store.store import Store

_log = logging.getLogger(__name__)

_CURRENT_EVERY = 30.0
"""Seconds after which counts who was admitted or dismissed by another process."""
_FORGET_EVERY = 3600.0


async def is_member(client: discord.Client, server: int, person: int) -> bool:
    """Say whether somebody is on a server that the bot is on, too.

    Raises:
        HTTPException, ClientError, OSError: Discord does not say.
    """
    try:
        await client.http.get_member(server, person)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True


async def keep_forgetting(client: Dantok, store: Store, every: float = _FORGET_EVERY) -> None:
    """Forget what is kept about servers that were left a month ago, as often as ``every`` seconds."""
    departures = Departures(store, client.features, lambda server: _is_here(client, server))
    await _again(every, lambda: departures.run(client.services.clock.now()))


async def keep_current(client: Dantok, admissions: AdmissionRepository) -> None:
    """Serve whom the owner has admitted or dismissed elsewhere."""

    async def read() -> None:
        client.services.access.admitted = await admissions.servers()

    await _again(_CURRENT_EVERY, read)


async def _again(every: float, job: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - an outermost door: the database may be there next time
            _log.warning("What is done about servers from time to time waits: %s", outline(error))
        await asyncio.sleep(every)


async def _is_here(client: Dantok, server: int) -> bool | None:
    """Return whether the bot is on a server and serves it, or None where that cannot be said now."""
    if not client.services.access.serves(server):
        return False
    if not client.is_ready():
        return None
    if client.get_guild(server) is not None:
        return True
    try:
        await client.http.get_guild(server, with_counts=False)
    except (discord.NotFound, discord.Forbidden):
        return False
    except (discord.HTTPException, aiohttp.ClientError, OSError):
        return None
    return True
