"""Tells a container's keeper whether the bot is connected: ``GET /health`` on this machine alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.client import Dantok
from bot.errors import OwnerError


@asynccontextmanager
async def health(client: Dantok, port: int | None) -> AsyncIterator[None]:
    """Answer 200 while ``client`` is connected and 503 while it is not; with no port, do nothing.

    Raises:
        OwnerError: the port is taken.
    """
    if port is None:
        yield
        return

    async def answer(request: web.Request) -> web.Response:
        del request
        connected = client.is_ready() and not client.is_closed()
        return web.Response(status=200 if connected else 503, text="connected" if connected else "not connected")

    app = web.Application()
    app.router.add_get("/health", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        raise OwnerError(f"Port {port} cannot be used: choose another DANTOK_HEALTH_PORT.") from error
