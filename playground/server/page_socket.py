"""Serves the chat page and speaks with it: a world at the start, then news; and what the person there does.

All objects in the frames are Discord's own. Where the clock may be turned, ``clock`` (``now``, and by locale the
``label`` of the next event) comes after the world and after every turn, and the page may send ``turn``. Knows nothing
of the bot's side. Only the page itself may speak here: a request with a foreign Host or Origin is refused, so that no
web page elsewhere can drive the playground.
"""

import asyncio
import contextlib
import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import BodyPartReader, WSMsgType, web
from aiohttp.http_exceptions import HttpProcessingError

from playground.interactions.interactions import Interaction, Interactions, Outcome
from playground.interactions.modals import values_of
from playground.interactions.phrases import phrase
from playground.interactions.typed_command import Reading, read, read_fields
from playground.interactions.user_actions import UserActions, component_called
from playground.server.page_frames import (
    Autocomplete,
    Be,
    Command,
    ModalSubmit,
    Press,
    Read,
    Say,
    Turn,
    UseOn,
    read_frame,
)
from playground.world.attachments import Upload
from playground.world.clock import ClockControl
from playground.world.errors import ApiError, PlaygroundError
from playground.world.messages import sees
from playground.world.seed import THREAD
from playground.world.wire import JSON, dumps, timestamp
from playground.world.world import World

FOLDER = Path(__file__).parents[1] / "page"
SHOWN = 100
NEWS = {"MESSAGE_CREATE": "message", "MESSAGE_UPDATE": "message_update", "MESSAGE_REACTION_ADD": "message_update"}


_FRAME = '<iframe title="{name}" src="/?guild={id}"></iframe>'
_BESIDE = (
    "<!doctype html><title>단톡</title><style>body{{margin:0;display:flex;height:100vh}}"
    "iframe{{flex:1;border:0;border-inline-end:1px solid #8888}}</style>{frames}"
)


@dataclass(eq=False, slots=True)
class Visitor:
    """One open page, the guild that it shows, and who sits at it."""

    guild: JSON
    me: JSON
    outbox: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def tell(self, kind: str, **what: object) -> None:
        """Queue one frame."""
        self.outbox.put_nowait(dumps({"type": kind, **what}))


class Page:
    """The page's side of one world. ``base`` returns the playground's own URL; ``clock_control`` turns the clock.

    ``greeting`` is what the page says first about this place, by locale; ``words`` are what a newcomer may type.
    """

    def __init__(  # noqa: PLR0913 - settings, each by its name
        self,
        world: World,
        interactions: Interactions,
        actions: UserActions,
        *,
        base: Callable[[], str],
        clock_control: ClockControl | None = None,
        greeting: Mapping[str, str] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        self._world = world
        self._interactions = interactions
        self._actions = actions
        self._base = base
        self._clock_control = clock_control
        self._greeting = dict(greeting or {})
        self._words = list(words)
        self._turns: set[asyncio.Task[object]] = set()
        self._visitors: set[Visitor] = set()
        self._sockets: set[web.WebSocketResponse] = set()
        self._doings: dict[str, Callable[[Visitor, Any], None]] = {
            "command": self._command,
            "read": self._read,
            "autocomplete": self._autocomplete,
            "use_on": self._use_on,
            "press": self._press,
            "modal_submit": self._modal_submit,
            "message": self._say,
            "be": self._be,
        }
        world.listen(self._happened)
        if clock_control is not None:
            self._doings["turn"] = self._turn
            clock_control.clock.listen(self._clock_turned)

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the server's routes for the page."""
        return [
            web.get("/", self._index),
            web.get("/beside", self._beside),
            web.get("/page/socket", self._socket),
            web.post("/page/upload", self._upload),
            web.get(r"/page/{file:[a-z]+\.(?:js|css|svg)}", self._asset),
        ]

    async def close(self) -> None:
        """Close every open page's socket."""
        for turn in self._turns:
            turn.cancel()
        for ws in list(self._sockets):
            await ws.close(code=1001)

    async def _index(self, _: web.Request) -> web.StreamResponse:
        return _fresh(FOLDER / "index.html")

    async def _beside(self, _: web.Request) -> web.Response:
        """Show every guild that the bot is on, one beside the other."""
        guilds = self._world.guilds_of(self._world.bot["id"])
        frames = "".join(_FRAME.format(id=guild["id"], name=html.escape(guild["name"])) for guild in guilds)
        return web.Response(text=_BESIDE.format(frames=frames), content_type="text/html", charset="utf-8")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        return _fresh(FOLDER / request.match_info["file"])

    async def _upload(self, request: web.Request) -> web.Response:
        self._refuse_strangers(request)
        try:
            upload = await _uploaded(request)
        except (ValueError, AssertionError, HttpProcessingError):
            upload = None
        if upload is None:
            raise web.HTTPBadRequest(text="a form with one file is expected")
        try:
            attachment = self._world.attachments.keep(upload)
        except ApiError as error:
            size = len(upload.data)
            raise web.HTTPRequestEntityTooLarge(max_size=0, actual_size=size, text=error.message) from None
        answer = {key: attachment[key] for key in ("id", "filename", "size", "content_type", "url")}
        return web.Response(body=dumps(answer).encode(), content_type="application/json")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        self._refuse_strangers(request)
        ws = web.WebSocketResponse(heartbeat=30.0, max_msg_size=1 << 20)
        await ws.prepare(request)
        guild = self._world.guilds.get(request.query.get("guild", ""), self._world.guild)
        visitor = Visitor(guild, self._world.people_of(guild)[0]["user"])
        self._show_world(visitor)
        self._visitors.add(visitor)
        self._sockets.add(ws)
        writer = asyncio.create_task(_write(ws, visitor))
        try:
            async for frame in ws:
                if frame.type is WSMsgType.TEXT:
                    self._received(visitor, frame.data)
        finally:
            self._visitors.discard(visitor)
            self._sockets.discard(ws)
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
        return ws

    def _refuse_strangers(self, request: web.Request) -> None:
        own = {self._base(), self._base().replace("127.0.0.1", "localhost")}
        if f"http://{request.host}" not in own or request.headers.get("Origin", self._base()) not in own:
            raise web.HTTPForbidden(text="only the playground's own page may do this")

    def _show_world(self, visitor: Visitor) -> None:
        world, me = self._world, visitor.me
        rooms = world.rooms_of(visitor.guild)
        dm = world.dm_with(me["id"]) | {"recipients": [world.bot]}
        visitor.tell(
            "world",
            guild=visitor.guild | {"channels": rooms},
            dm_channels=[dm],
            members=world.people_of(visitor.guild),
            me=me,
            bot=world.bot,
            bot_online=world.bot_online,
            greeting=self._greeting,
            words=self._words,
            commands=world.commands.all(),
            messages={room["id"]: world.messages.seen_by(me["id"], room["id"])[-SHOWN:] for room in [*rooms, dm]},
        )
        visitor.tell("presence", bot_online=world.bot_online)
        self._show_clock(visitor)

    def _show_clock(self, visitor: Visitor) -> None:
        if self._clock_control is not None:
            visitor.tell("clock", now=timestamp(self._world.clock()), label=self._clock_control.label)

    def _clock_turned(self) -> None:
        for visitor in self._visitors:
            self._show_clock(visitor)

    def _happened(self, name: str, data: JSON) -> None:
        if name == "MESSAGE_REACTION_ADD":
            # The page is shown the message as it is now.
            data = self._world.messages.get(data["channel_id"], data["message_id"])
        for visitor in self._visitors:
            if name == "COMMANDS":
                visitor.tell("commands", commands=data["commands"])
            elif name == "BOT_ONLINE":
                visitor.tell("presence", bot_online=data["bot_online"])
            elif name.startswith("MESSAGE_") and self._sees(visitor, data):
                if name == "MESSAGE_DELETE":
                    visitor.tell("message_delete", id=data["id"], channel_id=data["channel_id"])
                else:
                    visitor.tell(NEWS[name], message=data)

    def _sees(self, visitor: Visitor, message: JSON) -> bool:
        channel = self._world.channel(message["channel_id"])
        is_here = channel.get("guild_id", visitor.guild["id"]) == visitor.guild["id"]
        shown = is_here and channel["type"] != THREAD and self._world.may_enter(visitor.me["id"], channel)
        return shown and sees(visitor.me["id"], message)

    def _received(self, visitor: Visitor, text: str) -> None:
        """Do what a frame asks for; whatever is wrong with it is told to the page."""
        try:
            frame = read_frame(text)
        except ValueError:
            visitor.tell("failed", nonce=None, text=phrase("ko", "not_understood"))
            return
        nonce, locale = getattr(frame, "nonce", None), getattr(frame, "locale", "ko")
        try:
            self._doings[frame.type](visitor, frame)
        except PlaygroundError as error:
            visitor.tell("failed", nonce=nonce, text=str(error))
        except ApiError as error:
            visitor.tell("failed", nonce=nonce, text=error.message)
        except (KeyError, TypeError, ValueError, AttributeError):
            visitor.tell("failed", nonce=nonce, text=phrase(locale, "not_understood"))

    def _command(self, visitor: Visitor, frame: Command) -> None:
        """Run a command if all of it is right; the page hears whether it went before it hears of any answer."""
        reading = self._reading(frame)
        if not reading.well:
            visitor.tell("refused", nonce=frame.nonce, **_as_frame(reading))
            return
        interaction = self._actions.command(visitor.me, self._where(frame), reading.complete(), frame.locale)
        visitor.tell("accepted", nonce=frame.nonce, command=reading.name)
        self._follow(visitor, frame.nonce, interaction)

    def _read(self, visitor: Visitor, frame: Read) -> None:
        visitor.tell("reading", nonce=frame.nonce, **_as_frame(self._reading(frame)))

    def _autocomplete(self, visitor: Visitor, frame: Autocomplete) -> None:
        def offer(outcome: Outcome) -> None:
            visitor.tell("choices", nonce=frame.nonce, choices=outcome.choices or [])

        typed = self._reading(frame).so_far(frame.focused)
        _when_done(self._actions.command(visitor.me, self._where(frame), typed, frame.locale, typing=True), offer)

    def _reading(self, frame: Command | Read | Autocomplete) -> Reading:
        typed, channel = frame.typed, self._where(frame)
        if isinstance(typed, str):
            return read(typed, self._world, channel, frame.locale)
        return read_fields(typed.command, typed.texts, typed.values, self._world, channel, frame.locale)

    def _where(self, frame: Command | Read | Autocomplete) -> JSON:
        return self._world.channel(frame.channel_id)

    def _use_on(self, visitor: Visitor, frame: UseOn) -> None:
        channel = self._world.channel(frame.channel_id)
        command = next((one for one in self._world.commands.all() if one["id"] == frame.command_id), None)
        if command is None:
            raise PlaygroundError(phrase(frame.locale, "not_understood"))
        chosen = self._actions.use_on(visitor.me, channel, command, frame.target_id, frame.locale)
        self._follow(visitor, frame.nonce, chosen)

    def _press(self, visitor: Visitor, frame: Press) -> None:
        message = self._world.messages.get(frame.channel_id, frame.message_id)
        component = component_called(message, frame.custom_id, frame.locale)
        pressed = self._actions.press(visitor.me, message, component, frame.values or [], frame.locale)
        self._follow(visitor, frame.nonce, pressed, silently=True)

    def _modal_submit(self, visitor: Visitor, frame: ModalSubmit) -> None:
        parent = self._interactions.get(frame.interaction_id)
        if parent.user["id"] != visitor.me["id"]:
            raise PlaygroundError(phrase(parent.locale, "not_understood"))
        self._follow(visitor, frame.nonce, self._actions.submit(parent, values_of(frame.components)), silently=True)

    def _say(self, visitor: Visitor, frame: Say) -> None:
        above = frame.replied and self._world.messages.get(frame.channel_id, frame.replied)
        if above and not sees(visitor.me["id"], above):
            raise PlaygroundError(phrase(frame.locale, "not_here"))
        self._actions.say(visitor.me, self._world.channel(frame.channel_id), frame.content, frame.locale, above or None)

    def _be(self, visitor: Visitor, frame: Be) -> None:
        visitor.me = self._world.member(frame.user_id)["user"]
        self._show_world(visitor)

    def _turn(self, visitor: Visitor, frame: Turn) -> None:
        del frame
        if self._clock_control is not None:
            turn = asyncio.create_task(self._clock_control.jump())
            self._turns.add(turn)
            turn.add_done_callback(self._turns.discard)
            turn.add_done_callback(lambda _: self._show_clock(visitor))

    def _follow(self, visitor: Visitor, nonce: str, interaction: Interaction, *, silently: bool = False) -> None:
        """Tell the page what becomes of an interaction; messages come to it by themselves, with its nonce.

        ``silently``: a bot may acknowledge it without a message, so that is told too.
        """
        interaction.nonce = nonce
        if silently:
            interaction.acknowledged.add_done_callback(lambda _: visitor.tell("acknowledged", nonce=nonce))

        def report(outcome: Outcome) -> None:
            if outcome.failed:
                visitor.tell("failed", nonce=nonce, text=phrase(interaction.locale, "no_answer"))
            elif outcome.modal is not None:
                visitor.tell("modal", nonce=nonce, interaction_id=interaction.id, modal=outcome.modal)

        _when_done(interaction, report)


async def _uploaded(request: web.Request) -> Upload | None:
    """Return the first file of a form. Raises ValueError, AssertionError or HttpProcessingError if it is no form."""
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.filename:
            return Upload("file", part.filename, bytes(await part.read()))
    return None


def _as_frame(reading: Reading) -> JSON:
    """Return a parsed command as a page shows it; an error's ``key`` names the sentence, ``values`` fill it in."""
    return {
        "command": reading.name,
        "texts": dict(reading.texts),
        "errors": {name: {"key": error.key, "values": error.values} for name, error in reading.errors.items()},
        "extra": reading.extra.values["value"] if reading.extra else "",
    }


def _when_done(interaction: Interaction, report: Callable[[Outcome], None]) -> None:
    interaction.outcome.add_done_callback(lambda future: report(future.result()))


def _fresh(path: Path) -> web.FileResponse:
    """Return the file, which the browser asks for again each time: after an update no old module meets a new one."""
    return web.FileResponse(path, headers={"Cache-Control": "no-cache"})


async def _write(ws: web.WebSocketResponse, visitor: Visitor) -> None:
    while True:
        await ws.send_str(await visitor.outbox.get())
