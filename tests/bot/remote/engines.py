"""A small server of the engine's protocol, without Ray: the real messages and models, and faults on request."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

from aiohttp import web

from bot.inference.models import LoadedModels
from bot.inference.worker import Workers
from bot.remote.calls import BUNDLE_HEADER, MOST_BYTES, Problem
from serving.answering import Answer, answer, is_allowed, refusal
from serving.bundles import Bundles

TOKEN = "a secret of this test"

Fault = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


class EngineServer:
    """An engine on a port of this machine. ``answered`` has the status of each call, in order."""

    def __init__(self, bundle: Path, port: int, *, token: str = TOKEN) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.answered: list[int] = []
        self.fault: Fault | None = None
        """What happens instead of an answer; None: the answer."""
        self.workers = Workers.of(64)
        self._bundles, self._port, self._token = Bundles(bundle, None, "cpu"), port, token
        self._models: dict[str, LoadedModels] = {}

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_post("/", self._post)
        self._runner = web.AppRunner(app, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._runner.cleanup()
        self.workers.close()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        if self.fault is not None and (response := await self.fault(request)) is not None:
            return response
        status, body = await self._answer(request)
        self.answered.append(status)
        return web.Response(status=status, body=body)

    async def _answer(self, request: web.Request) -> Answer:
        if not is_allowed(request.headers.get("Authorization"), self._token):
            return refusal(Problem.TOKEN)
        bundle = request.headers[BUNDLE_HEADER]

        async def models() -> LoadedModels:
            if bundle not in self._models:
                self._models[bundle] = await self._bundles.opened(bundle)
            return self._models[bundle]

        return await answer(await request.read(), models, self.workers)
