"""The health page of this process: ``/healthz``, ``/readyz`` and ``/metrics``, for what watches it and starts it again.

``/health`` is what ``/readyz`` was called before.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot import metrics
from bot.client.client import Dantok
from bot.errors import OwnerError

HOST = "127.0.0.1"


@asynccontextmanager
async def health(client: Dantok, port: int | None, host: str = HOST) -> AsyncIterator[None]:
    """Answer 200 while ``client`` is well and 503 with the reason while it is not; with no port, do nothing.

    Raises:
        OwnerError: the port is taken, or the address is not this machine's.
    """
    if port is None:
        yield
        return
    metrics.CONNECTED.set_function(lambda: client.is_ready() and not client.is_closed())
    metrics.LATENCY.set_function(lambda: client.latency)
    metrics.SERVERS.set_function(lambda: len(client.guilds))
    runner = web.AppRunner(_app(client), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield
    finally:
        await runner.cleanup()


def _app(client: Dantok) -> web.Application:
    app = web.Application()
    app.router.add_get("/healthz", _page(lambda: _illness(client), lambda: _noted("alive", client)))
    app.router.add_get("/readyz", _page(lambda: _trouble(client), lambda: "connected"))
    app.router.add_get("/health", _page(lambda: _trouble(client), lambda: "connected"))
    app.router.add_get("/metrics", _metrics)
    return app


def _page(
    trouble: Callable[[], str | None], well: Callable[[], str]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        del request
        reason = trouble()
        return web.Response(status=503 if reason else 200, text=reason or well())

    return answer


async def _metrics(request: web.Request) -> web.Response:
    del request
    return web.Response(body=metrics.exposition(), headers={"Content-Type": metrics.CONTENT_TYPE})


def _trouble(client: Dantok) -> str | None:
    """Return why members get no answer now."""
    if not client.is_ready() or client.is_closed():
        return "not connected"
    return _illness(client)


def _illness(client: Dantok) -> str | None:
    """Return what a new start would mend: a network that is away is waited for."""
    return None if client.services.workers.are_well else "a model does not come to an end"


def _noted(well: str, client: Dantok) -> str:
    """Return that the client is well, and what else there is to know of its models."""
    note = client.services.workers.words.note
    return f"{well}; {note}" if note else well


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise OwnerError(f"Port {port} cannot be used: choose another DANTOK_HEALTH_PORT.") from error
