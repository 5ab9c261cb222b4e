"""The REST side: reads a request, lets the route act, writes the answer, and keeps a record.

Knows nothing of what a route does. The answer's content type is exactly ``application/json``, as the client demands.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from playground.interactions.interactions import Interactions
from playground.interactions.responses import InteractionResponses
from playground.server.faults import Fault, Faults
from playground.server.routes import ROUTES
from playground.server.routes.call import Call, Reply, Route
from playground.world.attachments import Upload
from playground.world.errors import ApiError, unauthorized
from playground.world.wire import dumps, loads
from playground.world.world import World

PREFIX = "/api/v10"
RECORDED = 20_000
MULTIPART = "multipart/form-data"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of the bot and its answer; ``route`` is the path in the table's form.

    ``sent`` and ``answered`` are JSON texts: thousands of them cost the garbage collector nothing.
    """

    method: str
    path: str
    route: str
    sent: str
    status: int
    answered: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """What the bot sent; None for nothing."""
        return json.loads(self.sent) if self.sent else None

    @property
    def answer(self) -> Any:  # noqa: ANN401 - any JSON
        """What it was answered, as it was at that moment; None for nothing."""
        return json.loads(self.answered) if self.answered else None


class Rest:
    """All REST routes of one world."""

    def __init__(
        self, world: World, interactions: Interactions, faults: Faults, *, token: str, base: Callable[[], str]
    ) -> None:
        self._world = world
        self._interactions = interactions
        self._answers = InteractionResponses(world, interactions)
        self._faults = faults
        self._token = token
        self._base = base
        self.requests: deque[Exchange] = deque(maxlen=RECORDED)
        self.unknown_routes: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        """Return the server's routes for the whole table, and one for all that is in no table."""
        routes = [web.route(route.method, PREFIX + route.path, self._serving(route)) for route in ROUTES]
        return [*routes, web.route("*", "/api/{tail:.*}", self._unknown)]

    def _serving(self, route: Route) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            fault = self._faults.strike(request.method, request.path.removeprefix(PREFIX))
            if fault is None:
                return await self._served(route, request)
            response = await self._served(route, request) if fault.after else None
            if request.content_type != MULTIPART:
                # It has arrived: what is done late is done also when who asked is gone by then.
                await request.read()
            await asyncio.sleep(fault.delay)
            if fault.lost or fault.status:
                return _struck(request, fault)
            return await self._served(route, request) if response is None else response

        return serve

    async def _served(self, route: Route, request: web.Request) -> web.Response:
        sent = ""
        reply: Reply
        try:
            if not route.open and request.headers.get("Authorization") != f"Bot {self._token}":
                raise unauthorized()
            sent, files = await _read(request)
            reply = route.act(self._call(request, _parsed(sent), files))
            status = 204 if reply is None else 200
        except ApiError as error:
            status, reply = error.status, error.to_json()
        answered = "" if reply is None else dumps(reply)
        path = request.path.removeprefix(PREFIX)
        self.requests.append(Exchange(request.method, path, route.path, sent, status, answered))
        return _response(status, answered)

    def _call(self, request: web.Request, body: object, files: tuple[Upload, ...]) -> Call:
        gateway = self._base().replace("http", "ws", 1) + "/gateway"
        return Call(
            request.match_info, request.query, body, files, self._world, self._interactions, self._answers, gateway
        )

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        self.unknown_routes.append(f"{request.method} {request.path.removeprefix(PREFIX)}")
        return _response(404, dumps({"message": "404: Not Found", "code": 0}))


async def _read(request: web.Request) -> tuple[str, tuple[Upload, ...]]:
    """Return the JSON text of the request and its files, from a JSON body or a form with ``payload_json``."""
    if request.content_type != MULTIPART:
        return await request.text(), ()
    text, files = "", []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            text = await part.text()
        elif part.filename is not None:
            files.append(Upload(part.name or "", part.filename, bytes(await part.read())))
    return text, tuple(files)


def _parsed(text: str) -> object:
    try:
        return loads(text) if text else {}
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None


def _response(status: int, answer: str) -> web.Response:
    if not answer:
        return web.Response(status=status)
    return web.Response(status=status, body=answer.encode(), content_type="application/json")


def _struck(request: web.Request, fault: Fault) -> web.Response:
    if fault.lost and request.transport is not None:
        request.transport.abort()
    body = dumps(fault.body or {}).encode()
    return web.Response(status=fault.status or 500, body=body, content_type="application/json", headers=fault.headers)
