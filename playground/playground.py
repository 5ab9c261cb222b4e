"""The playground: a small local Discord, put together and driven from Python.

Tests and the demo use this. Knows nothing of the bot that connects.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from playground.interactions.interactions import Interaction, Interactions
from playground.interactions.phrases import phrase
from playground.interactions.typed_command import Typed, find_command, find_menu_command, read
from playground.interactions.user_actions import UserActions, component_called
from playground.redirect import redirected
from playground.server.faults import Faults
from playground.server.files import Files
from playground.server.gateway import Gateway
from playground.server.page_socket import Page
from playground.server.rest import Exchange, Rest
from playground.world.attachments import Upload
from playground.world.clock import ClockControl
from playground.world.command_rules import ON_MESSAGE, ON_USER
from playground.world.errors import NoAnswer, PlaygroundError
from playground.world.guild_admin import GuildAdmin
from playground.world.messages import EPHEMERAL
from playground.world.wire import JSON, Clock
from playground.world.world import World

HOST = "127.0.0.1"
LARGEST_REQUEST = 120 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person got back. ``latency`` is the seconds to the bot's first answer, "thinking…" included.

    ``modal`` is there when the answer is a form to fill in, ``message`` when it is a message (Discord's object).
    """

    interaction_id: str
    latency: float
    message: JSON | None = None
    modal: JSON | None = None

    @property
    def content(self) -> str:
        """The text of the message."""
        return str(self._part("content", ""))

    @property
    def embeds(self) -> list[JSON]:
        """The embeds of the message."""
        return list(self._part("embeds", []))

    @property
    def attachments(self) -> list[JSON]:
        """The files of the message."""
        return list(self._part("attachments", []))

    @property
    def components(self) -> list[JSON]:
        """The rows of buttons under the message."""
        return list(self._part("components", []))

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return bool(self._part("flags", 0) & EPHEMERAL)

    @property
    def message_id(self) -> str:
        """The id of the message; empty when there is none."""
        return str(self._part("id", ""))

    def _part(self, name: str, default: Any) -> Any:  # noqa: ANN401 - a part of Discord's JSON
        return default if self.message is None else self.message[name]


class Playground:
    """A local Discord on 127.0.0.1. ``async with`` runs it; ``redirect`` points discord.py at it.

    ``answer_within``: seconds for a first answer (Discord's 3). ``finish_within``: seconds that the methods here wait
    for the final one. ``heartbeat``: the gateway's interval in seconds. ``privileged``: the privileged intents allowed.
    ``clock_control``: how a person may turn the clock, which is then its clock. ``greeting``: what the page says first
    about this place, by locale. ``words``: what a newcomer may type for any text, else a member's name.
    """

    TOKEN = "cGxheWdyb3VuZA.Local0.good-on-this-machine-alone"  # noqa: S105 - opens nothing but this

    def __init__(  # noqa: PLR0913 - settings, each by its name
        self,
        *,
        clock: Clock = time.time,
        clock_control: ClockControl | None = None,
        port: int = 0,
        bot_name: str = "단톡",
        answer_within: float = 3.0,
        finish_within: float = 30.0,
        heartbeat: float = 41.25,
        privileged: int = 0,
        greeting: Mapping[str, str] | None = None,
        words: Sequence[str] = (),
    ) -> None:
        self._wanted_port = port
        self._finish_within = finish_within
        self.port = 0
        self.clock_control = clock_control
        self.world = World(clock_control.clock if clock_control else clock, self._base, bot_name=bot_name)
        self.admin = GuildAdmin(self.world)
        self.faults = Faults()
        self.gateway = Gateway(
            self.world, token=self.TOKEN, base=self._base, heartbeat=heartbeat, privileged=privileged
        )
        self._interactions = Interactions(self.world, answer_within)
        self._actions = UserActions(self.world, self._interactions)
        self._rest = Rest(self.world, self._interactions, self.faults, token=self.TOKEN, base=self._base)
        self._page = Page(
            self.world,
            self._interactions,
            self._actions,
            base=self._base,
            clock_control=clock_control,
            greeting=greeting or {},
            words=words,
        )
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is, and below it the REST API and the gateway."""
        return self._base()

    @property
    def requests(self) -> deque[Exchange]:
        """The bot's requests and their answers, the newest 20,000, oldest first."""
        return self._rest.requests

    @property
    def unknown_routes(self) -> list[str]:
        """The requests that Discord may know and the playground does not."""
        return self._rest.unknown_routes

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.add_routes([*self._rest.routes(), web.get("/gateway", self.gateway.serve)])
        app.add_routes([*Files(self.world).routes(), *self._page.routes()])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._wanted_port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._interactions.close()
        await self.gateway.close()
        await self._page.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def redirect(self) -> AbstractContextManager[None]:
        """Return a context in which every discord.py client of this process talks to the playground."""
        return redirected(self.url)

    async def wait_ready(self, timeout: float = 30.0) -> None:  # noqa: ASYNC109 - a plain wait for a test
        """Wait until a bot is connected with commands registered; raise PlaygroundError after ``timeout`` seconds."""
        await self._until(lambda: self.gateway.online and bool(self.world.commands.all()), timeout)

    async def command(
        self,
        text: str,
        *,
        member: str | None = None,
        channel: str | None = None,
        locale: str = "ko",
        options: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Type a command as ``member`` in ``channel`` (names or ids; "dm": that with the bot), and wait for the answer.

        ``options`` gives the values by name instead, for what cannot be typed. Raises TypedError for what Discord's
        client would not send, NoAnswer when the bot does not answer.
        """
        user = self._who(member)
        place = self._where(channel, user)
        if options is None:
            typed = read(text, self.world, place, locale).complete()
        else:
            typed = self._with_options(text, options, locale)
        return await self._answer(self._actions.command(user, place, typed, locale))

    async def autocomplete(  # noqa: PLR0913 - as for a command, and what is typed
        self, command: str, option: str, value: str, *, member: str | None = None, channel: str | None = None,
        locale: str = "ko", options: Mapping[str, Any] | None = None,
    ) -> list[JSON]:  # fmt: skip
        """Return the choices that the bot offers while a person has typed ``value`` into ``option``."""
        typed = self._with_options(command, {**(options or {}), option: value}, locale)
        _leaves(typed.options)[-1]["focused"] = True
        user = self._who(member)
        place = self._where(channel, user)
        outcome = await self._finished(self._actions.command(user, place, typed, locale, typing=True))
        return outcome[0].choices or []

    async def use_on_message(
        self, message: Answer | JSON | str, command: str, *, member: str | None = None, locale: str = "ko"
    ) -> Answer:
        """Choose ``command``, by its name in any language, in the context menu of a message."""
        target, chosen = self._message(message), find_menu_command(command, ON_MESSAGE, self.world, locale)
        channel = self.world.channel(target["channel_id"])
        return await self._answer(self._actions.use_on(self._who(member), channel, chosen, target["id"], locale))

    async def use_on_person(
        self, person: str, command: str, *, member: str | None = None, channel: str | None = None, locale: str = "ko"
    ) -> Answer:
        """Choose ``command``, by its name in any language, in the context menu of a person."""
        user, target = self._who(member), self.world.person_called(person)
        chosen = find_menu_command(command, ON_USER, self.world, locale)
        return await self._answer(self._actions.use_on(user, self._where(channel, user), chosen, target["id"], locale))

    async def press(
        self, message: Answer | JSON | str, what: str, *, member: str | None = None, values: Sequence[str] = (),
        locale: str = "ko",
    ) -> Answer:  # fmt: skip
        """Press the button ``what`` (custom_id, label or emoji) of a message, or choose ``values`` in a select menu."""
        source = self._message(message)
        component = component_called(source, what, locale)
        return await self._answer(self._actions.press(self._who(member), source, component, values, locale))

    async def submit_modal(self, form: Answer, values: Mapping[str, Any]) -> Answer:
        """Fill in and send the form of an answer; ``values`` by custom_id or label."""
        if form.modal is None:
            raise PlaygroundError("this answer brought up no form")
        parent = self._interactions.get(form.interaction_id)
        return await self._answer(self._actions.submit(parent, values))

    def say(
        self, content: str, *, member: str | None = None, channel: str | None = None,
        replied: Answer | JSON | str | None = None, ping: bool = True,
    ) -> JSON:  # fmt: skip
        """Say something in a channel as a person, or reply with it to a message, where that is; return the message."""
        user = self._who(member)
        if replied is None:
            return self._actions.say(user, self._where(channel, user), content, "ko")
        above = self._message(replied)
        return self._actions.say(user, self.world.channel(above["channel_id"]), content, "ko", above, ping=ping)

    async def reply_to(self, message: JSON, within: float | None = None, locale: str = "ko") -> Answer:
        """Return the bot's reply to a message. Raises NoAnswer after ``within`` (``finish_within``) seconds."""
        said, within = time.monotonic(), self._finish_within if within is None else within
        while (reply := self._reply_to(message)) is None:
            if time.monotonic() - said > within:
                raise NoAnswer(phrase(locale, "no_answer"))
            await asyncio.sleep(0.01)
        return Answer("", time.monotonic() - said, dict(reply))

    def upload(self, filename: str, data: bytes) -> str:
        """Put in a file for a command's option; return the id to give as its value."""
        return str(self.world.attachments.keep(Upload("file", filename, data))["id"])

    def messages(self, channel: str | None = None, *, member: str | None = None) -> list[JSON]:
        """Return what ``member`` sees in a channel, oldest first."""
        user = self._who(member)
        return self.world.messages.seen_by(user["id"], self._where(channel, user)["id"])

    def _reply_to(self, message: JSON) -> JSON | None:
        replies = self.world.messages.seen_by("", message["channel_id"])
        own = (reply for reply in replies if reply["author"]["id"] == self.world.bot["id"])
        return next((reply for reply in own if _replies_to(reply) == message["id"]), None)

    def _base(self) -> str:
        return f"http://{HOST}:{self.port}"

    def _who(self, member: str | None) -> JSON:
        return self.world.me if member is None else self.world.person_called(member)

    def _where(self, channel: str | None, user: JSON) -> JSON:
        if channel == "dm":
            return self.world.dm_with(user["id"])
        return next(iter(self.world.channels.values())) if channel is None else self.world.channel_called(channel)

    def _message(self, message: Answer | JSON | str) -> JSON:
        if isinstance(message, Answer):
            return self.world.messages.find(message.message_id)
        return self.world.messages.find(message) if isinstance(message, str) else message

    def _with_options(self, name: str, values: Mapping[str, Any], locale: str) -> Typed:
        """Return the command ``/name`` or ``/group name`` with ``values`` of exactly these options."""
        first, *rest = name.removeprefix("/").split()
        command = level = find_command(first, self.world, locale)
        for word in rest:
            level = next(option for option in level["options"] if option["name"] == word)
        kinds = {option["name"]: option["type"] for option in level.get("options") or []}
        given = [{"name": key, "type": kinds.get(key, 0), "value": value} for key, value in values.items()]
        for word in reversed(rest):
            given = [{"name": word, "type": 1 if word == rest[-1] else 2, "options": given}]
        return Typed(command, given)

    async def _answer(self, interaction: Interaction) -> Answer:
        outcome, latency = await self._finished(interaction)
        # A copy: the message may change later, what this answer was does not.
        message = None if outcome.message is None else dict(outcome.message)
        return Answer(interaction.id, latency, message, outcome.modal)

    async def _finished(self, interaction: Interaction) -> tuple[Any, float]:
        try:
            outcome = await asyncio.wait_for(asyncio.shield(interaction.outcome), self._finish_within)
        except TimeoutError:
            raise NoAnswer(phrase(interaction.locale, "only_thinking", seconds=f"{self._finish_within:g}")) from None
        if outcome.failed:
            raise NoAnswer(phrase(interaction.locale, "no_answer"))
        return outcome, interaction.latency or 0.0

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise PlaygroundError(f"no bot was connected and ready after {seconds:g} s")
            await asyncio.sleep(0.01)


def _replies_to(message: JSON) -> str | None:
    reference: JSON = message.get("message_reference") or {}
    return None if "interaction_metadata" in message else reference.get("message_id")


def _leaves(options: list[JSON]) -> list[JSON]:
    return _leaves(options[0]["options"]) if options and "options" in options[0] else options
