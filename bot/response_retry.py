"""Retries of answers to interactions, where the connection was lost; discord.py sends each once.

An interaction takes one first answer, so that a second one does no harm, and neither does the same edit. A later
message may come twice: better so than never. Knows nothing of what is answered.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

_log = logging.getLogger(__name__)

# In seconds. Discord waits three for the first answer, and fifteen minutes for all others.
_PAUSES = (0.0, 0.3, 1.0)
_LONG_PAUSES = (0.0, 0.5, 2.0, 5.0, 10.0)
_LOST = (aiohttp.ClientError, OSError, TimeoutError)
# Source: Discord's reference, "JSON error codes".
_ACKNOWLEDGED = 40060
_TOO_LATE = frozenset({10015, 10062, 50027})


class Undelivered(Exception):  # noqa: N818 - what was asked for may well be done
    """An answer did not reach the member, or Discord did not take it.

    ``final`` where no other answer can reach them either: they waited too long, or Discord is away.
    """

    def __init__(self, *, final: bool) -> None:
        super().__init__("undelivered")
        self.final = final


class RetryingAdapter(AsyncWebhookAdapter):
    """discord.py's adapter for what answers interactions, with retries."""

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        *,
        files: Sequence[discord.File] | None = None,
        **given: Any,  # noqa: ANN401 - discord.py's own
    ) -> Any:  # noqa: ANN401 - Discord's JSON
        """Send a request, and again where the connection was lost before its answer came.

        Raises:
            Undelivered: it cannot be delivered.
        """
        try:
            return await self._sent(route, session, files or (), **given)
        except discord.HTTPException as error:
            if error.code == _ACKNOWLEDGED:
                return _acknowledged(route)
            raise Undelivered(final=error.code in _TOO_LATE or error.status >= 500) from error
        except _LOST as error:
            raise Undelivered(final=True) from error

    async def _sent(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        files: Sequence[discord.File],
        **given: Any,  # noqa: ANN401 - discord.py's own
    ) -> Any:  # noqa: ANN401 - Discord's JSON
        for pause in _PAUSES if _is_first_answer(route) else _LONG_PAUSES:
            try:
                return await super().request(route, session, files=files, **given)
            except _LOST:
                await asyncio.sleep(pause)
                for file in files:
                    file.reset(seek=True)
        return await super().request(route, session, files=files, **given)


def retry_responses() -> None:
    """Let everything that this task and those it begins answer go through :class:`RetryingAdapter`."""
    async_context.set(RetryingAdapter())  # type: ignore[no-untyped-call]


def _is_first_answer(route: Route) -> bool:
    return route.path.endswith("/callback")


def _acknowledged(route: Route) -> dict[str, Any]:
    """Return what discord.py needs to know of a first answer that had arrived, or of a replay's."""
    _log.warning("An interaction had been answered already.")
    return {"interaction": {"id": route.webhook_id, "type": 0}}
