"""The gateway: the sockets over which a bot hears what happens.

Knows nothing of HTTP routes. Frames are text although the client asks for compression, which it accepts. Source:
Discord's reference, "Gateway", "Gateway Events", "Opcodes and Status Codes".
"""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from playground.server.intents import (
    ALL_INTENTS,
    PRIVILEGED,
    event_data,
    guild_event,
    members_chunk,
    ready_event,
    receives,
)
from playground.server.shards import ONLY_SHARD, Shard, read_shard, server_of
from playground.world.wire import JSON, dumps, loads
from playground.world.world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    6,
    7,
    8,
    9,
    10,
    11,
)
BAD_FRAME, NOT_IDENTIFIED, BAD_TOKEN, BAD_SEQUENCE, TIMED_OUT = 4002, 4003, 4004, 4007, 4009
BAD_SHARD, BAD_INTENTS, FORBIDDEN_INTENTS = 4010, 4013, 4014
REPLAYED = 1000
_ACK_AFTER = 0.05
"""Seconds, as over a network: where an answer comes before its heartbeat counts as sent, discord.py believes that the
connection is a whole interval behind, and says so."""


@dataclass(eq=False, slots=True)
class Session:
    """One bot's session: what it was sent, and the socket it listens on, if any."""

    intents: int
    shard: Shard = ONLY_SHARD
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED))
    socket: "Socket | None" = None

    def dispatch(self, name: str, data: object) -> None:
        """Send an event, or keep it until the bot resumes."""
        self.sequence += 1
        text = dumps({"op": DISPATCH, "t": name, "s": self.sequence, "d": data})
        self.sent.append((self.sequence, text))
        if self.socket is not None:
            self.socket.outbox.put_nowait(text)


@dataclass(eq=False, slots=True)
class Socket:
    """One open connection; ``outbox`` keeps the order."""

    ws: web.WebSocketResponse
    request: web.Request
    outbox: asyncio.Queue[str | bytes] = field(default_factory=asyncio.Queue)
    session: Session | None = None

    def send(self, op: int, data: object = None) -> None:
        """Queue a frame that is no event."""
        self.outbox.put_nowait(dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        """Send what is queued, until cancelled."""
        while True:
            frame = await self.outbox.get()
            await (self.ws.send_str(frame) if isinstance(frame, str) else self.ws.send_bytes(frame))


class Gateway:
    """All sessions. ``heartbeat`` is the interval in seconds; ``privileged`` the privileged intents allowed."""

    def __init__(
        self, world: World, *, token: str, base: Callable[[], str], heartbeat: float = 41.25, privileged: int = 0
    ) -> None:
        self._world = world
        self._token = token
        self._base = base
        self._heartbeat = heartbeat
        self._privileged = privileged
        self._sessions: dict[str, Session] = {}
        self._sockets: set[Socket] = set()
        # On request: heartbeats go unanswered, nobody gets in, or whoever identifies is refused with this code.
        self.deaf = self.shut = False
        self.refusal: int | None = None
        self.identified = self.resumed = 0
        world.listen(self._happened)

    @property
    def online(self) -> bool:
        """Whether a bot is connected and identified."""
        return any(session.socket is not None for session in self._sessions.values())

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        if self.shut:
            raise web.HTTPServiceUnavailable
        ws = web.WebSocketResponse(max_msg_size=1 << 20)
        await ws.prepare(request)
        socket = Socket(ws, request)
        self._sockets.add(socket)
        writer = asyncio.create_task(socket.write())
        socket.send(HELLO, {"heartbeat_interval": int(self._heartbeat * 1000), "_trace": []})
        try:
            await self._listen(socket)
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
            self._sockets.discard(socket)
            self._gone(socket)
        return ws

    def drop_sockets(self) -> None:
        """Cut every connection without a word; the bot may resume."""
        for socket in self._sockets:
            if socket.request.transport is not None:
                socket.request.transport.abort()

    def ask_to_reconnect(self) -> None:
        """Ask every bot to connect again and resume."""
        for socket in self._sockets:
            socket.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every bot that its session is invalid; unless ``resumable`` it must identify anew."""
        if not resumable:
            self._sessions.clear()
        for socket in self._sockets:
            socket.send(INVALID, resumable)

    def tell(self, name: str, data: object) -> None:
        """Send every bot an event of any shape, whether it asked for such events or not."""
        for session in self._sessions.values():
            session.dispatch(name, data)

    def send_raw(self, frame: str | bytes) -> None:
        """Send every bot a text or binary frame of any content, which no session remembers."""
        for socket in self._sockets:
            socket.outbox.put_nowait(frame)

    async def close(self) -> None:
        """Close every connection."""
        for socket in list(self._sockets):
            await socket.ws.close(code=1001)

    async def _listen(self, socket: Socket) -> None:
        while True:
            try:
                frame = await socket.ws.receive(timeout=self._heartbeat * 1.5)
            except TimeoutError:
                await socket.ws.close(code=TIMED_OUT)
                return
            if frame.type is not WSMsgType.TEXT:
                return
            try:
                refusal = self._received(socket, loads(frame.data))
            except (ValueError, TypeError, KeyError, AttributeError):
                # Whatever is wrong with a frame, Discord closes that one connection.
                refusal = BAD_FRAME
            if refusal is not None:
                await socket.ws.close(code=refusal)
                return

    def _received(self, socket: Socket, frame: JSON) -> int | None:
        """Act on one frame; return the code to close the socket with, or None."""
        op, data = frame.get("op"), frame.get("d")
        if op == HEARTBEAT:
            if not self.deaf:
                asyncio.get_running_loop().call_later(_ACK_AFTER, socket.send, ACK)
        elif op == IDENTIFY:
            return self._identify(socket, data or {})
        elif op == RESUME:
            return self._resume(socket, data or {})
        elif socket.session is None:
            return NOT_IDENTIFIED
        elif op == PRESENCE:
            self._set_presence(data or {})
        elif op == MEMBERS:
            socket.session.dispatch("GUILD_MEMBERS_CHUNK", members_chunk(self._world, data or {}))
        return None

    def _identify(self, socket: Socket, data: JSON) -> int | None:
        intents = data.get("intents")
        if self.refusal is not None:
            return self.refusal
        if str(data.get("token")).removeprefix("Bot ") != self._token:
            return BAD_TOKEN
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            return BAD_INTENTS
        if intents & PRIVILEGED & ~self._privileged:
            return FORBIDDEN_INTENTS
        shard = read_shard(data.get("shard"))
        if shard is None:
            return BAD_SHARD
        session = Session(intents, shard, socket=socket)
        self._sessions[session.id] = socket.session = session
        self.identified += 1
        self._set_presence(data.get("presence") or {"status": "online"})
        url = self._base().replace("http", "ws", 1) + "/gateway"
        session.dispatch("READY", ready_event(self._world, session.id, url, shard))
        for guild in self._world.guilds_of(self._world.bot["id"]):
            if not shard.has(guild["id"]):
                continue
            session.dispatch("GUILD_CREATE", guild_event(self._world, guild, intents))
        self._tell_online()
        return None

    def _resume(self, socket: Socket, data: JSON) -> int | None:
        if data.get("token") != self._token:
            return BAD_TOKEN
        session, last_seen = self._sessions.get(str(data.get("session_id"))), int(data.get("seq") or 0)
        if session is None or (session.sent and last_seen < session.sent[0][0] - 1):
            socket.send(INVALID, False)
            return None
        if last_seen > session.sequence:
            return BAD_SEQUENCE
        for sequence, text in session.sent:
            if sequence > last_seen:
                socket.outbox.put_nowait(text)
        session.socket, socket.session = socket, session
        self.resumed += 1
        session.dispatch("RESUMED", {"_trace": []})
        self._tell_online()
        return None

    def _gone(self, socket: Socket) -> None:
        session = socket.session
        if session is None:
            return
        if session.socket is socket:
            session.socket = None
        if socket.ws.close_code in (1000, 1001):
            self._sessions.pop(session.id, None)
        self._tell_online()

    def _tell_online(self) -> None:
        if self._world.bot_online != self.online:
            self._world.bot_online = self.online
            self._world.publish("BOT_ONLINE", {"bot_online": self.online})

    def _set_presence(self, data: JSON) -> None:
        game = [data["game"]] if data.get("game") else []
        self._world.presence = {"status": data.get("status") or "online", "activities": data.get("activities") or game}

    def _happened(self, name: str, data: JSON) -> None:
        server = server_of(self._world, name, data)
        for session in self._sessions.values():
            if session.shard.has(server) and receives(self._world, session.intents, name, data):
                session.dispatch(name, event_data(self._world, session.intents, name, data))
