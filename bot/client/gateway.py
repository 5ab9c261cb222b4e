"""discord.py's gateway connection, made to outlive what it cannot read.

An event that does not parse is skipped, and a frame that is none closes the connection, which is then resumed. Either
is logged by its type and the places in the code alone: the payload holds people's words. Knows nothing of the bot.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, NoReturn

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket, WebSocketClosure
from discord.shard import Shard
from discord.state import AutoShardedConnectionState

from bot.client.retry import Backoff
from bot.logs import outline

_log = logging.getLogger(__name__)

_READY = "READY"  # without it there is no session: it is asked for again, not skipped
# How discord.py's connection ends when it is to be opened again, or is gone.
_ENDINGS = (ReconnectWebSocket, WebSocketClosure, discord.ConnectionClosed, aiohttp.ClientError, OSError, TimeoutError)

Receive = Callable[[str], Awaitable[None]]


class TolerantState(AutoShardedConnectionState[Any]):
    """discord.py's connection state, by which every new connection gets a reader that endures.

    Its one seam with discord.py is ``_update_references``, which is called with a connection before its first frame.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - discord.py's own
        super().__init__(**options)
        self._broken = Backoff()

    def _update_references(self, ws: DiscordWebSocket) -> None:
        super()._update_references(ws)
        ws.received_message = partial(_received, ws, ws.received_message, self._broken)  # type: ignore[method-assign]


class TolerantShard(Shard):
    """One connection of discord.py's, which is opened again whatever went wrong with it; its own would end the bot.

    And which after an hour without a network would wait for up to seventeen minutes.
    """

    def __init__(self, *parts: Any) -> None:  # noqa: ANN401 - discord.py's own
        super().__init__(*parts)
        self._handled_exceptions = (Exception,)
        self._backoff = Backoff()  # type: ignore[assignment]  # of its one method


def add_shard(client: discord.AutoShardedClient, number: int, ws: DiscordWebSocket) -> None:
    """Let a client have the connection of a shard, and listen to it."""
    shards: dict[int, Shard] = client._AutoShardedClient__shards  # type: ignore[attr-defined]
    queue: asyncio.PriorityQueue[Any] = client._AutoShardedClient__queue  # type: ignore[attr-defined]
    shards[number] = TolerantShard(ws, client, queue.put_nowait)
    shards[number].launch()


async def _received(ws: DiscordWebSocket, receive: Receive, broken: Backoff, message: str | bytes) -> None:
    """Take in one message of the gateway.

    Raises:
        ReconnectWebSocket: it is no frame, or discord.py cannot act on it.
    """
    event = None
    try:
        text = ws._decompressor.decompress(message) if isinstance(message, bytes) else message
        if text is not None:
            event = _event(text)
            await receive(text)
            # A burst lies in the buffer whole, and is read without a pause: who was told of the last one goes first.
            await asyncio.sleep(0)
    except _ENDINGS:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the next one may be well
        if event in {None, _READY}:
            await _reconnect(ws, broken, error)
        _log.warning("An event of the type %s could not be read and was skipped: %s", event, outline(error))


def _event(text: str) -> str | None:
    """Return the type of the event in a frame, or None where it holds none.

    Raises:
        ValueError: it lacks what discord.py takes for granted, and would log or keep as it is.
    """
    frame = json.loads(text)
    if not isinstance(frame, dict):
        raise ValueError("not an object")  # noqa: TRY004 - to the caller all of these are one
    op, event, sequence = (frame.get(key) for key in ("op", "t", "s"))
    if type(op) is not int or not isinstance(event, str | None) or type(sequence) not in {int, type(None)}:
        raise ValueError("not a frame")
    return event if op == DiscordWebSocket.DISPATCH else None


async def _reconnect(ws: DiscordWebSocket, broken: Backoff, error: Exception) -> NoReturn:
    # Once may be the line's fault. What comes broken again and again lies in the session, which is left then.
    delay, resumed = broken.delay(), broken.failures == 1
    _log.warning("A broken frame: connecting to Discord again in %.1f s. %s", delay, outline(error))
    await ws.close()
    await asyncio.sleep(delay)
    raise ReconnectWebSocket(ws.shard_id, resume=resumed) from None
