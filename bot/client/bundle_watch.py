"""The watch over bundles: what is dropped into a folder serves once it is whole; what nobody asks for is closed.

Knows nothing of what a bundle is: whether one may serve, the client finds out.
"""

import asyncio
import logging
from dataclasses import dataclass

from bot.client.client import Dantok
from bot.groups.served_bundle import Fingerprint, ServedBundle, fingerprint
from bot.inference.session import close_idle
from bot.logs import outline
from bot.memory import trim_memory

_log = logging.getLogger(__name__)

_EVERY = 5.0  # in seconds


@dataclass(slots=True)
class _Watched:
    """What was seen last of a folder, and in which state it was tried last."""

    bundle: ServedBundle
    seen: Fingerprint
    tried: Fingerprint


async def watch_bundles(client: Dantok, every: float = _EVERY) -> None:
    """Reload a bundle when its folder has changed and then not for ``every`` seconds; each state is tried once."""
    watched: dict[int, _Watched] = {}
    while True:
        await client.services.groups.look()
        served = client.services.groups.served()
        # One that was let go and opened again begins with the state in which it was opened.
        watched = {
            server: watched[server]
            if server in watched and watched[server].bundle is bundle
            else _Watched(bundle, bundle.opened, bundle.opened)
            for server, bundle in served.items()
        }
        await asyncio.sleep(every)
        for server, each in watched.items():
            await _look(client, server, each)
        if close_idle():
            trim_memory()


async def _look(client: Dantok, server: int, watched: _Watched) -> None:
    current = await asyncio.to_thread(fingerprint, watched.bundle.folder)
    # Still the same: nobody is writing just now.
    if current == watched.seen and current != watched.tried:
        watched.tried = current
        try:
            await client.reload(server)
        except Exception as error:  # noqa: BLE001 - an outermost door: the next bundle may be well
            _log.error("The new bundle serves, but its commands could not be told: %s", outline(error))
    watched.seen = current
