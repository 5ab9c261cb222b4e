"""The commands on Discord as the bot registers them: the real client, with all that it can, on the local Discord."""

from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.client.client import Dantok
from bot.client.serving import first_of, running
from bot.clock import QuietHours
from bot.default_bundle import DEMO_BUNDLE
from bot.features.feature import Services
from bot.groups.group import OneGroup
from bot.groups.served import ServedBundle
from bot.inference.worker import Workers
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.server.intents import MESSAGE_CONTENT


async def registered() -> list[dict[str, Any]]:
    """Return what Discord is told, in the order of the features."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = await Store.open(address(None, Path(folder)))
        group, allowed = OneGroup(ServedBundle.open(DEMO_BUNDLE)), QuietHours(0, 0, UTC)
        client = Dantok(Services(group, Workers.of(8), store, unasked=allowed), ready_timeout=0.01)
        try:
            async with Playground(privileged=MESSAGE_CONTENT) as playground:
                with playground.redirect():
                    async with running(client, playground.TOKEN) as bot:
                        await first_of(bot, playground.wait_ready())
                        return list(playground.world.commands.all())
        finally:
            await store.close()
