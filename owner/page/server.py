"""The page's server, on this machine alone: it hands out the page, takes files in, and tells every open page the state.

The state is told whole, first of all and whenever it is another, so that a page that was closed, or a second one, shows
where things stand. Knows nothing of the steps: it asks a :class:`Controller`.
"""

import asyncio
import contextlib
import errno
import io
import json
import logging
from collections.abc import Awaitable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, Protocol, Self

from aiohttp import ClientError, StreamReader, web
from typing_extensions import Buffer, override

from bot.errors import OwnerError
from owner.page.access import Access, add_headers

HOST = "127.0.0.1"
PORT = 8300
_TRIES = 20
_PAUSE = 0.3
"""Seconds between two looks at the state while a page is open."""
_PIECE = 1 << 20
"""Bytes of a body that are taken in at a time."""
_ROOT = Path(__file__).parents[2]
_WEB = "owner/page/web"
# At the same paths as in the repository: of the chat page it shares the style and what builds nodes.
_ASSET = rf"{{folder:{_WEB}|playground/page}}/{{file:[a-z]+\.(?:js|css|svg)}}"
# A card is whole in itself: whatever a name or a line in it holds, it runs nothing and asks nobody.
_HARMLESS = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

JSON = dict[str, Any]


class NotUnderstoodError(Exception):
    """What the page asks for is not there, or not of that form."""


class Controller(Protocol):
    """What the page is for: the steps, what they know, and what can be done in them."""

    def state(self) -> JSON:
        """Return all that the page shows; called in any thread."""

    def take_in(self, kind: str, name: str, content: IO[bytes], size: int | None) -> None:
        """Keep a file of a kind that somebody dropped, and begin what follows from it; called in any thread.

        Raises:
            NotUnderstoodError: there is no such kind.
            OwnerError: it cannot be kept.
        """

    async def do(self, action: str, given: Mapping[str, Any]) -> None:
        """Do what somebody pressed.

        Raises:
            NotUnderstoodError: there is no such thing to press.
            OwnerError: it cannot be done.
        """

    def document(self, name: str) -> Path | bytes | None:
        """Return what is behind a name in the state: a card, the PNG of a face."""

    def sentence(self, error: OwnerError) -> JSON:
        """Return what an error says, by language."""


class OwnerPage:
    """The server of one controller; to be entered as a context."""

    def __init__(self, controller: Controller, port: int | None = None) -> None:
        """Serve ``controller`` at ``port``, or at the first free one from 8300 on."""
        self._controller = controller
        self._wanted = port
        self._port = 0
        self._access = Access(lambda: f"http://{HOST}:{self._port}")
        self._sockets: set[web.WebSocketResponse] = set()
        self._looks_again = asyncio.Event()
        self._told = ""
        self._runner: web.AppRunner | None = None
        self._teller: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """The page's address, with its token."""
        return self._access.url

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._access.middleware()])
        app.on_response_prepare.append(add_headers)
        app.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await self._listen(self._runner)
        except OwnerError:
            await self._runner.cleanup()
            raise
        self._teller = asyncio.create_task(self._tell())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._teller is not None:
            self._teller.cancel()
            await asyncio.gather(self._teller, return_exceptions=True)
        for ws in list(self._sockets):
            await ws.close(code=1001)
        if self._runner is not None:
            await self._runner.cleanup()

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/{token}/", self._index),
            web.get(f"/{{token}}/{_ASSET}", self._asset),
            web.get("/{token}/socket", self._socket),
            web.get("/{token}/documents/{name}", self._document),
            web.put("/{token}/files/{kind}/{name}", self._upload),
            web.post("/{token}/do/{action}", self._act),
        ]

    async def _listen(self, runner: web.AppRunner) -> None:
        """Take the port that was asked for, or the first that is free.

        Raises:
            OwnerError: it is taken.
        """
        for port in [self._wanted] if self._wanted is not None else [*range(PORT, PORT + _TRIES), 0]:
            try:
                await web.TCPSite(runner, HOST, port).start()
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
            else:
                self._port = int(runner.addresses[0][1])
                return
        raise OwnerError(f"Port {self._wanted} cannot be used: choose another --port, or leave it out.")

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(_ROOT / _WEB / "index.html")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        return _file(_ROOT / request.match_info["folder"] / request.match_info["file"])

    async def _document(self, request: web.Request) -> web.StreamResponse:
        document = await asyncio.to_thread(self._controller.document, request.match_info["name"])
        if isinstance(document, bytes):
            return web.Response(body=document, content_type="image/png")
        response = _file(document)
        response.headers["Content-Security-Policy"] = _HARMLESS
        return response

    async def _upload(self, request: web.Request) -> web.Response:
        named, body = request.match_info, _body_of(request.content)
        taking = asyncio.to_thread(self._controller.take_in, named["kind"], named["name"], body, request.content_length)
        return await self._answer(taking)

    async def _act(self, request: web.Request) -> web.Response:
        try:
            given = await request.json()
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise web.HTTPBadRequest
        return await self._answer(self._controller.do(request.match_info["action"], given))

    async def _answer(self, doing: Awaitable[None]) -> web.Response:
        """Answer whether it went well; where it did not, with what the page can show."""
        try:
            await doing
        except NotUnderstoodError:
            raise web.HTTPBadRequest from None
        except OwnerError as error:
            return web.json_response(self._controller.sentence(error), status=409)
        finally:
            self._looks_again.set()
        return web.json_response({})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(heartbeat=30.0, max_msg_size=1 << 10)
        await ws.prepare(request)
        await ws.send_str(await self._state())
        self._sockets.add(ws)
        self._looks_again.set()
        try:
            async for _ in ws:  # the page only listens here
                pass
        finally:
            self._sockets.discard(ws)
        return ws

    async def _tell(self) -> None:
        """Look at the state while anybody watches, and tell it where it is another: other programs change it, too."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._looks_again.wait(), _PAUSE if self._sockets else None)
            self._looks_again.clear()
            try:
                await self._tell_news()
            except Exception:  # the outermost door: what cannot be shown now may be in a moment
                logging.getLogger(__name__).exception("the state cannot be shown")

    async def _tell_news(self) -> None:
        state = await self._state()
        if state != self._told:
            self._told = state
            await asyncio.gather(*(_send(ws, state) for ws in self._sockets))

    async def _state(self) -> str:
        return json.dumps({"type": "state", **await asyncio.to_thread(self._controller.state)}, ensure_ascii=False)


async def _send(ws: web.WebSocketResponse, text: str) -> None:
    with contextlib.suppress(ConnectionError, ClientError):
        await ws.send_str(text)


def _file(path: Path | None) -> web.FileResponse:
    if path is None or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path)


def _body_of(content: StreamReader) -> BinaryIO:
    """Return what comes in as a file for another thread than the loop's; to be called in the loop's.

    Reading raises OSError where whoever sends it is gone.
    """
    return io.BufferedReader(_Body(content), _PIECE)


class _Body(io.RawIOBase):
    def __init__(self, content: StreamReader) -> None:
        super().__init__()
        self._content = content
        self._loop = asyncio.get_running_loop()

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = asyncio.run_coroutine_threadsafe(self._next(len(view)), self._loop).result()
        view[: len(piece)] = piece
        return len(piece)

    async def _next(self, size: int) -> bytes:
        try:
            return await self._content.read(size)
        except Exception as error:  # aiohttp has several for one who hangs up
            raise ConnectionAbortedError("the sender is gone") from error
