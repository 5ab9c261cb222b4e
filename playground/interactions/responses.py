"""Interaction responses, by the token: the first answer, and everything after it.

Knows nothing of HTTP. Source: Discord's reference, "Responding to an Interaction" and "Followup Messages".
"""

from collections.abc import Sequence

from playground.interactions.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    Interaction,
    Interactions,
    Outcome,
)
from playground.interactions.message_builder import Draft, compose
from playground.world.attachments import Upload
from playground.world.command_rules import GROUP, ON_MESSAGE, SUBCOMMAND, check_choices
from playground.world.errors import unknown
from playground.world.message_rules import check_modal
from playground.world.messages import EPHEMERAL, LOADING, REPLY
from playground.world.validation import ValidationErrors
from playground.world.wire import JSON
from playground.world.world import World

MESSAGE, THINKING, UPDATE_LATER, UPDATE, CHOICES, MODAL_FORM = 4, 5, 6, 7, 8, 9
# Which first answers fit which interaction.
FITTING = {
    COMMAND: (MESSAGE, THINKING, MODAL_FORM),
    COMPONENT: (MESSAGE, THINKING, UPDATE_LATER, UPDATE, MODAL_FORM),
    AUTOCOMPLETE: (CHOICES,),
    MODAL: (MESSAGE, THINKING, UPDATE_LATER, UPDATE),
}
SLASH_ANSWER, MENU_ANSWER = 20, 23


class InteractionResponses:
    """The bot's side of the open interactions."""

    def __init__(self, world: World, interactions: Interactions) -> None:
        self._world = world
        self._interactions = interactions

    def respond(self, interaction: Interaction, body: JSON, files: Sequence[Upload]) -> JSON:
        """Take the first answer and return Discord's callback object. Raises ApiError 400 for one that cannot be."""
        kind, data, errors = body.get("type"), body.get("data") or {}, ValidationErrors()
        errors.choice_of("type", kind, FITTING[interaction.kind])
        if (
            kind in (UPDATE, UPDATE_LATER)
            and interaction.kind == MODAL
            and interaction.parent
            and not interaction.parent.message
        ):
            errors.wrong("type", "INTERACTION_UPDATE_WITHOUT_MESSAGE", "There is no message to update.")
        errors.check()
        message = None
        if kind == CHOICES:
            self._choices(interaction, data)
        elif kind == MODAL_FORM:
            self._modal(interaction, data)
        elif kind == UPDATE_LATER:
            interaction.original = interaction.source
            self._interactions.acknowledge(interaction, kind)
        else:
            message = self._message(interaction, int(kind or 0), data, files)
        made = {"resource": {"type": kind, "message": message}} if kind in (MESSAGE, UPDATE) else {}
        return {"interaction": _callback(interaction)} | made

    def follow_up(self, interaction: Interaction, body: JSON, files: Sequence[Upload]) -> JSON:
        """Send another message; the first one after "thinking…" takes its place, as on Discord."""
        original = interaction.original
        if original is not None and original["flags"] & LOADING:
            return self.edit(
                interaction, original, {key: value for key, value in body.items() if key != "flags"}, files
            )
        parts = compose(self._world, Draft(interaction.channel["id"], body, files))
        message = self._post(interaction, parts, reply_to=original)
        interaction.finish(Outcome(message=message))
        return message

    def message_of(self, interaction: Interaction, message_id: str) -> JSON:
        """Return ``@original`` or a follow-up. Raises ApiError 10008 for any other message."""
        if message_id == "@original":
            if interaction.original is None:
                raise unknown("Message")
            return self._world.messages.get(interaction.channel["id"], interaction.original["id"])
        message = self._world.messages.get(interaction.channel["id"], message_id)
        if message.get("webhook_id") != self._world.bot["id"]:
            raise unknown("Message")
        return message

    def edit(self, interaction: Interaction, message: JSON, body: JSON, files: Sequence[Upload]) -> JSON:
        """Change ``message``; what was "thinking…" becomes the answer."""
        thinking = bool(message["flags"] & LOADING)
        parts = compose(self._world, Draft(interaction.channel["id"], body, files, old=message))
        parts["flags"] &= ~LOADING
        self._world.messages.edit(message, parts, silent=thinking)
        interaction.finish(Outcome(message=message))
        return message

    def delete(self, interaction: Interaction, message: JSON) -> None:
        """Take ``message`` away; if it was the answer, that is the answer."""
        self._world.messages.delete(message)
        interaction.finish(Outcome(message=message))

    def _choices(self, interaction: Interaction, data: JSON) -> None:
        errors = ValidationErrors()
        check_choices(data.get("choices") or [], errors.at("data"))
        errors.check()
        self._interactions.acknowledge(interaction, CHOICES)
        interaction.finish(Outcome(choices=data.get("choices") or []))

    def _modal(self, interaction: Interaction, data: JSON) -> None:
        errors = ValidationErrors()
        check_modal(data, errors.at("data"))
        errors.check()
        self._interactions.acknowledge(interaction, MODAL_FORM)
        interaction.finish(Outcome(modal=data))

    def _message(self, interaction: Interaction, kind: int, data: JSON, files: Sequence[Upload]) -> JSON:
        """Take an answer that makes or changes a message."""
        source = interaction.source if kind == UPDATE else None
        if kind == THINKING:
            parts: JSON = {"flags": int(data.get("flags") or 0) & EPHEMERAL | LOADING}
        else:
            parts = compose(
                self._world, Draft(interaction.channel["id"], data, files, old=source), ValidationErrors("data")
            )
        self._interactions.acknowledge(interaction, kind)
        if source is not None:
            interaction.original = self._world.messages.edit(source, parts)
        else:
            interaction.original = self._post(interaction, parts, reply_to=interaction.source)
        if kind != THINKING:
            interaction.finish(Outcome(message=interaction.original))
        return interaction.original

    def _post(self, interaction: Interaction, parts: JSON, *, reply_to: JSON | None) -> JSON:
        own: JSON = {"webhook_id": self._world.bot["id"], "application_id": self._world.bot["id"]}
        own["interaction_metadata"] = _metadata(interaction)
        if interaction.nonce is not None and interaction.original is None:
            own["nonce"] = interaction.nonce
        if interaction.kind == COMMAND and reply_to is None:
            own["type"] = MENU_ANSWER if "target_id" in interaction.data else SLASH_ANSWER
            own["interaction"] = {
                "id": interaction.id,
                "type": COMMAND,
                "name": _full_name(interaction.data),
                "user": interaction.user,
            }
        elif reply_to is not None:
            place = {"channel_id": reply_to["channel_id"], "message_id": reply_to["id"], "type": 0}
            own |= {"type": REPLY, "message_reference": place}
        return self._world.messages.post(interaction.channel, self._world.bot, parts | own)


def _full_name(data: JSON) -> str:
    """Return the whole name of a command: ``birthday set``."""
    below = [option for option in data.get("options") or [] if option["type"] in (GROUP, SUBCOMMAND)]
    return " ".join([data["name"], *map(_full_name, below)])


def _metadata(interaction: Interaction) -> JSON:
    metadata: JSON = {"id": interaction.id, "type": interaction.kind, "user": interaction.user}
    metadata["authorizing_integration_owners"] = {"0": interaction.channel.get("guild_id", "0")}
    if "name" in interaction.data:
        metadata["name"] = _full_name(interaction.data)
    if target_id := interaction.data.get("target_id"):
        metadata |= _target(interaction.data, target_id)
    if interaction.original is not None:
        metadata["original_response_message_id"] = interaction.original["id"]
    if interaction.message is not None:
        metadata["interacted_message_id"] = interaction.message["id"]
    if interaction.parent is not None:
        metadata["triggering_interaction_metadata"] = _metadata(interaction.parent)
    return metadata


def _target(data: JSON, target_id: str) -> JSON:
    """Return what a command was chosen on."""
    if data["type"] == ON_MESSAGE:
        return {"target_message_id": target_id}
    return {"target_user": data["resolved"]["users"][target_id]}


def _callback(interaction: Interaction) -> JSON:
    callback: JSON = {"id": interaction.id, "type": interaction.kind}
    if interaction.original is not None:
        flags = interaction.original["flags"]
        callback["response_message_id"] = interaction.original["id"]
        callback["response_message_loading"] = bool(flags & LOADING)
        callback["response_message_ephemeral"] = bool(flags & EPHEMERAL)
    return callback
