"""The watch over the bundle's folder: what is dropped into it serves as soon as it lies there whole.

Knows nothing of what a bundle is: whether one may serve, the client finds out.
"""

import asyncio
import logging
from pathlib import Path

from bot.client.client import Dantok
from bot.logs import outline

_log = logging.getLogger(__name__)

_EVERY = 5.0  # in seconds

Fingerprint = frozenset[tuple[str, int, int, int]]


async def watch_bundle(client: Dantok, folder: Path, opened: Fingerprint, every: float = _EVERY) -> None:
    """Reload when the folder has changed and then not for ``every`` seconds; each state of it is tried once.

    ``opened`` is the state in which the folder was opened.
    """
    tried = seen = opened
    while True:
        await asyncio.sleep(every)
        current = await asyncio.to_thread(fingerprint, folder)
        # Still the same: nobody is writing just now.
        if current == seen and current != tried:
            tried = current
            try:
                await client.reload()
            except Exception as error:  # noqa: BLE001 - an outermost door: the next bundle may be well
                _log.error("The new bundle serves, but its commands could not be told: %s", outline(error))
        seen = current


def fingerprint(folder: Path) -> Fingerprint:
    """Return what tells one state of the files from another without reading them."""
    try:
        states = [(file.name, file.stat()) for file in folder.iterdir()]
    except OSError:  # it is being replaced
        return frozenset()
    return frozenset((name, state.st_mtime_ns, state.st_size, state.st_ino) for name, state in states)
