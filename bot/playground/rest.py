"""The REST side: reads a request, lets the route act, writes the answer, and keeps a record.

Knows nothing of what a route does. The answer's content type is exactly ``application/json``, as the client demands.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import BodyPartReader, web

from bot.playground.answers import Answers
from bot.playground.attachments import Upload
from bot.playground.errors import ApiError, unauthorized
from bot.playground.faults import Fault, Faults
from bot.playground.interactions import Interactions
from bot.playground.routes import ROUTES
from bot.playground.routes.call import Call, Reply, Route
from bot.playground.wire import JSON, dumps
from bot.playground.world import World

PREFIX = "/api/v10"
RECORDED = 20_000
Handler = Callable[[web.Request], "asyncio.Future[web.StreamResponse]"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of the bot and its answer; ``route`` is the path in the table's form, ``json`` what the bot sent."""

    method: str
    path: str
    route: str
    json: object
    status: int
    answer: object


class Rest:
    """All REST routes of one world."""

    def __init__(
        self, world: World, interactions: Interactions, faults: Faults, *, token: str, base: Callable[[], str]
    ) -> None:
        self._world = world
        self._interactions = interactions
        self._answers = Answers(world, interactions)
        self._faults = faults
        self._token = token
        self._base = base
        self.requests: deque[Exchange] = deque(maxlen=RECORDED)
        self.unknown_routes: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        """Return the server's routes for the whole table, and one for all that is in no table."""
        known = [web.route(route.method, PREFIX + route.path, self._serving(route)) for route in ROUTES]
        return [*known, web.route("*", "/api/{tail:.*}", self._unknown)]

    def _serving(self, route: Route) -> Callable[[web.Request], "asyncio.Future[web.StreamResponse]"]:
        async def serve(request: web.Request) -> web.StreamResponse:
            fault = self._faults.strike(request.method, request.path.removeprefix(PREFIX))
            if fault is not None and not fault.after:
                await asyncio.sleep(fault.delay)
                if fault.lost or fault.status:
                    return _struck(request, fault)
            response = await self._served(route, request)
            if fault is not None and fault.after:
                await asyncio.sleep(fault.delay)
                if fault.lost or fault.status:
                    return _struck(request, fault)
            return response

        return serve  # type: ignore[return-value]

    async def _served(self, route: Route, request: web.Request) -> web.Response:
        body: object = None
        answer: Reply
        try:
            if not route.open and request.headers.get("Authorization") != f"Bot {self._token}":
                raise unauthorized()
            body, files = await _read(request)
            answer = route.act(self._call(request, body, files))
            status = 204 if answer is None else 200
        except ApiError as error:
            status, answer = error.status, error.to_json()
        self.requests.append(
            Exchange(request.method, request.path.removeprefix(PREFIX), route.path, body, status, answer)
        )
        return _response(status, answer)

    def _call(self, request: web.Request, body: object, files: tuple[Upload, ...]) -> Call:
        gateway = self._base().replace("http", "ws", 1) + "/gateway"
        return Call(
            request.match_info, request.query, body, files, self._world, self._interactions, self._answers, gateway
        )

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        self.unknown_routes.append(f"{request.method} {request.path.removeprefix(PREFIX)}")
        return _response(404, {"message": "404: Not Found", "code": 0})


async def _read(request: web.Request) -> tuple[object, tuple[Upload, ...]]:
    """Return the JSON of the request and its files, from a JSON body or a form with ``payload_json``."""
    try:
        if request.content_type == "multipart/form-data":
            return await _read_form(request)
        text = await request.text()
        return (json.loads(text) if text else {}), ()
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None


async def _read_form(request: web.Request) -> tuple[object, tuple[Upload, ...]]:
    body: JSON = {}
    files: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            body = json.loads(await part.text())
        elif part.filename is not None:
            files.append(Upload(part.name or "", part.filename, bytes(await part.read())))
    return body, tuple(files)


def _response(status: int, answer: Reply) -> web.Response:
    if answer is None:
        return web.Response(status=status)
    return web.Response(status=status, body=dumps(answer).encode(), content_type="application/json")


def _struck(request: web.Request, fault: Fault) -> web.Response:
    if fault.lost and request.transport is not None:
        request.transport.abort()
    body = dumps(fault.body or {}).encode()
    return web.Response(status=fault.status or 500, body=body, content_type="application/json", headers=fault.headers)
