"""The health check, ``GET /health`` on this machine: whether the bot is connected and its models answer.

For what restarts a container that is not well.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.client.client import Dantok
from bot.errors import OwnerError


@asynccontextmanager
async def health(client: Dantok, port: int | None) -> AsyncIterator[None]:
    """Answer 200 while ``client`` is well and 503 with the reason while it is not; with no port, do nothing.

    Raises:
        OwnerError: the port is taken.
    """
    if port is None:
        yield
        return

    async def answer(request: web.Request) -> web.Response:
        del request
        trouble = _trouble(client)
        return web.Response(status=503 if trouble else 200, text=trouble or "connected")

    app = web.Application()
    app.router.add_get("/health", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


def _trouble(client: Dantok) -> str | None:
    if not client.is_ready() or client.is_closed():
        return "not connected"
    return None if client.services.workers.are_well else "a model does not come to an end"


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        raise OwnerError(f"Port {port} cannot be used: choose another DANTOK_HEALTH_PORT.") from error
