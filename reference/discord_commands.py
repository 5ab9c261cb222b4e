"""The commands on Discord as the bot registers them: the real client, with all that it can, on the local Discord."""

from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.client.client import Dantok
from bot.client.serving import first_of, running
from bot.clock import QuietHours
from bot.default_bundle import DEMO_BUNDLE
from bot.features.access.choices import ChoiceRepository
from bot.features.feature import Services
from bot.groups.access import Access
from bot.groups.bundle_cache import BundleCache
from bot.groups.many import ManyGroups
from bot.groups.memberships import Memberships
from bot.inference.worker import Workers
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.server.intents import MESSAGE_CONTENT


async def _nobody_is_asked(server: int, person: int) -> bool:
    raise LookupError(server, person)


async def registered() -> list[dict[str, Any]]:
    """Return what Discord is told, in the order of the features."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = await Store.open(address(None, Path(folder)))
        workers, memberships = Workers.of(8), Memberships(_nobody_is_asked)
        groups = ManyGroups(
            BundleCache(Path(folder), DEMO_BUNDLE, workers), memberships, ChoiceRepository(store).of, stands_in=True
        )
        closed, allowed = Access(frozenset(), memberships), QuietHours(0, 0, UTC)
        client = Dantok(Services(groups, workers, store, unasked=allowed, access=closed), ready_timeout=0.01)
        try:
            async with Playground(privileged=MESSAGE_CONTENT) as playground:
                with playground.redirect():
                    async with running(client, playground.TOKEN) as bot:
                        await first_of(bot, playground.wait_ready())
                        return list(playground.world.commands.all())
        finally:
            await store.close()
