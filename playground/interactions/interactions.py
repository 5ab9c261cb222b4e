"""Interactions: what a person did, the token that answers it, and the clock that runs meanwhile.

Knows nothing of routes, nor of what an answer looks like. Source: Discord's reference, "Receiving and Responding".
"""

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from playground.world.errors import ApiError, unknown
from playground.world.permissions import ALL, in_channel
from playground.world.wire import JSON
from playground.world.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
TOKEN_SECONDS = 900.0
FILE_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an interaction: one of the three, or none when the bot did not answer."""

    message: JSON | None = None
    choices: list[JSON] | None = None
    modal: JSON | None = None

    @property
    def failed(self) -> bool:
        """Whether the bot did not answer."""
        return self.message is None and self.choices is None and self.modal is None


@dataclass(eq=False, slots=True)
class Interaction:
    """One interaction; ``message`` is the one whose component was pressed, ``parent`` what brought the modal up.

    ``original`` is what ``@original`` means to the bot; ``latency`` is the seconds to the first answer;
    ``nonce`` is what a page knows it by, and the first message carries it.
    """

    id: str
    kind: int
    data: JSON
    user: JSON
    channel: JSON
    locale: str
    opened: float
    outcome: asyncio.Future[Outcome]
    acknowledged: asyncio.Future[None]
    message: JSON | None = None
    parent: "Interaction | None" = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    started: float = field(default_factory=time.perf_counter)
    latency: float | None = None
    response: int | None = None
    original: JSON | None = None
    timer: asyncio.TimerHandle | None = None
    nonce: str | None = None

    @property
    def source(self) -> JSON | None:
        """The message whose component led here, directly or by a modal."""
        return self.message or (self.parent.message if self.parent else None)

    def finish(self, outcome: Outcome) -> None:
        """Note what came of it; only the first time counts."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


class Interactions:
    """Those that are open. ``answer_within`` is the time for the first answer, in seconds."""

    def __init__(self, world: World, answer_within: float) -> None:
        self._world = world
        self._answer_within = answer_within
        self._by_id: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def open(self, kind: int, data: JSON, user: JSON, channel: JSON, locale: str, **context: Any) -> Interaction:  # noqa: ANN401
        """Send an interaction to the bot; ``context`` is the ``message`` or ``parent`` of it."""
        self._forget_the_old()
        loop = asyncio.get_running_loop()
        interaction = Interaction(
            self._world.ids.new(),
            kind,
            data,
            user,
            channel,
            locale,
            self._world.clock(),
            loop.create_future(),
            loop.create_future(),
            **context,
        )
        self._by_id[interaction.id] = self._by_token[interaction.token] = interaction
        interaction.timer = loop.call_later(self._answer_within, self._give_up, interaction)
        self._world.publish("INTERACTION_CREATE", self._payload(interaction))
        return interaction

    def get(self, interaction_id: str) -> Interaction:
        """Return an interaction by id. Raises ApiError 10062."""
        try:
            return self._by_id[interaction_id]
        except KeyError:
            raise unknown("Interaction") from None

    def unanswered(self, interaction_id: str, token: str) -> Interaction:
        """Return the interaction that this callback may answer.

        Raises ApiError 404 (10062) when it is unknown or too late, 400 (40060) when it has been answered.
        """
        interaction = self.get(interaction_id)
        if interaction.token != token or (interaction.outcome.done() and interaction.response is None):
            raise unknown("Interaction")
        if interaction.response is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        return interaction

    def acknowledge(self, interaction: Interaction, response: int) -> None:
        """Note the first answer, of callback type ``response``, and stop the clock."""
        interaction.response = response
        interaction.latency = time.perf_counter() - interaction.started
        if not interaction.acknowledged.done():
            interaction.acknowledged.set_result(None)
        _stop(interaction)

    def by_token(self, token: str) -> Interaction:
        """Return the acknowledged interaction of a webhook token.

        Raises ApiError 401 (50027) when the token is wrong or 15 minutes old, 404 (10015) before the first answer.
        """
        interaction = self._by_token.get(token)
        if interaction is None or self._world.clock() - interaction.opened > TOKEN_SECONDS:
            raise ApiError(401, 50027, "Invalid Webhook Token")
        if interaction.response is None:
            raise unknown("Webhook")
        return interaction

    def close(self) -> None:
        """Stop every clock; nobody will answer any more."""
        for interaction in self._by_id.values():
            self._give_up(interaction)

    def _give_up(self, interaction: Interaction) -> None:
        _stop(interaction)
        interaction.finish(Outcome())

    def _forget_the_old(self) -> None:
        now = self._world.clock()
        while self._by_id:
            oldest = next(iter(self._by_id.values()))
            if now - oldest.opened <= TOKEN_SECONDS:
                return
            del self._by_id[oldest.id], self._by_token[oldest.token]

    def _payload(self, interaction: Interaction) -> JSON:
        payload: JSON = {
            "id": interaction.id,
            "application_id": self._world.bot["id"],
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel": interaction.channel,
            "channel_id": interaction.channel["id"],
            "locale": interaction.locale,
            "app_permissions": self._powers(self._world.bot["id"], interaction.channel),
            "entitlements": [],
            "attachment_size_limit": FILE_LIMIT,
        }
        payload |= self._place(interaction)
        message = interaction.source
        return payload if message is None else payload | {"message": message}

    def _place(self, interaction: Interaction) -> JSON:
        owners = {"0": interaction.channel.get("guild_id", "0")}
        if "guild_id" not in interaction.channel:
            return {"context": 1, "user": interaction.user, "authorizing_integration_owners": owners}
        guild = self._world.guild_of(interaction.channel)
        if not self._world.is_in(guild["id"], self._world.bot["id"]):
            owners = {"1": interaction.user["id"]}  # the app is the person's own there
        return {
            "context": 0,
            "guild_id": guild["id"],
            "guild": {"id": guild["id"], "locale": guild["preferred_locale"], "features": guild["features"]},
            "guild_locale": guild["preferred_locale"],
            "member": self._world.member(interaction.user["id"])
            | {"permissions": self._powers(interaction.user["id"], interaction.channel)},
            "authorizing_integration_owners": owners,
        }

    def _powers(self, user_id: str, channel: JSON) -> str:
        if "guild_id" not in channel:
            return str(ALL)
        return str(in_channel(self._world.guild_of(channel), self._world.member(user_id), channel))


def _stop(interaction: Interaction) -> None:
    if interaction.timer is not None:
        interaction.timer.cancel()
        interaction.timer = None
