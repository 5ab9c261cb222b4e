"""User actions: run a command, choose one in a context menu, press a button, fill in a form, say something.

The page and the Python API both act through this. Knows nothing of either.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playground.interactions.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction, Interactions
from playground.interactions.modals import check_filled, filled_in
from playground.interactions.options import add_user, check_options, resolve, shown
from playground.interactions.phrases import TypedError
from playground.interactions.typed_command import Typed
from playground.world.command_rules import CHAT_INPUT, ON_MESSAGE
from playground.world.commands import offered_in
from playground.world.errors import ApiError
from playground.world.mentions import pings
from playground.world.message_rules import BUTTON, LINK, SELECTS, STRING_SELECT, walk
from playground.world.messages import reference_to, sees
from playground.world.wire import JSON
from playground.world.world import World


class UserActions:
    """What every person in the world can do. Raises TypedError for what Discord's client would not let through."""

    def __init__(self, world: World, interactions: Interactions) -> None:
        self._world = world
        self._interactions = interactions

    def command(self, user: JSON, channel: JSON, typed: Typed, locale: str, *, typing: bool = False) -> Interaction:
        """Run a command; while ``typing``, ask for completions of the option that is marked as focused."""
        command, options = typed.command, typed.options
        self._enter(user, channel, locale)
        if not offered_in(command, channel, with_bot=self._world.has_bot(channel)):
            raise TypedError(locale, "elsewhere", name=shown(command, locale))
        check_options(command.get("options") or [], options, locale, unfinished=typing)
        data: JSON = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": options}
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if not typing and (resolved := resolve(self._world, options, locale)):
            data["resolved"] = resolved
        return self._interactions.open(AUTOCOMPLETE if typing else COMMAND, data, user, channel, locale)

    def use_on(self, user: JSON, channel: JSON, command: JSON, target_id: str, locale: str) -> Interaction:
        """Choose a command in the context menu of a message of the channel, or of a person, by the target's id."""
        self._enter(user, channel, locale)
        if command["type"] == CHAT_INPUT or not offered_in(command, channel, with_bot=self._world.has_bot(channel)):
            raise TypedError(locale, "elsewhere", name=shown(command, locale))
        data: JSON = {"id": command["id"], "name": command["name"], "type": command["type"], "target_id": target_id}
        data["resolved"] = self._target(user, channel, command, target_id, locale)
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return self._interactions.open(COMMAND, data, user, channel, locale)

    def press(self, user: JSON, message: JSON, component: JSON, values: Sequence[str], locale: str) -> Interaction:
        """Press a button or choose ``values`` in a select menu of ``message``."""
        channel = self._world.channel(message["channel_id"])
        self._enter(user, channel, locale)
        if not sees(user["id"], message) or component.get("style") == LINK:
            raise TypedError(locale, "no_component")
        if component.get("disabled"):
            raise TypedError(locale, "disabled")
        data: JSON = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}
        if component["type"] in SELECTS:
            data |= self._chosen(component, values, locale)
        return self._interactions.open(COMPONENT, data, user, channel, locale, message=message)

    def submit(self, parent: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Send the form back that ``parent`` brought up; ``values`` by custom_id or label."""
        outcome = parent.outcome.result() if parent.outcome.done() else None
        if outcome is None or outcome.modal is None:
            raise TypedError(parent.locale, "not_understood")
        components = filled_in(outcome.modal, values)
        check_filled(outcome.modal, components, parent.locale)
        data: JSON = {"custom_id": outcome.modal["custom_id"], "components": components}
        return self._interactions.open(MODAL, data, parent.user, parent.channel, parent.locale, parent=parent)

    def say(  # noqa: PLR0913 - what a message is made of
        self, user: JSON, channel: JSON, content: str, locale: str, replied: JSON | None = None, *, ping: bool = True
    ) -> JSON:
        """Say ``content`` in a channel, as a person does, or reply with it, with a ping or none; return the message.

        ``@`` and a name is the mention that Discord's client makes of it.
        """
        self._enter(user, channel, locale)
        content = self._with_mentions(content)
        if not 0 < len(content) <= 2000:
            raise TypedError(locale, "message_length", limit=2000)
        replied_to = replied["author"]["id"] if replied is not None and ping else None
        pinged = pings(content, None, replied_to=replied_to)
        users = [self._world.members[user_id]["user"] for user_id in pinged.users if user_id in self._world.members]
        parts = {"content": content, "mentions": users, "mention_roles": list(pinged.roles)}
        parts |= {"mention_everyone": pinged.everyone} | ({} if replied is None else reference_to(replied))
        return self._world.messages.post(channel, user, parts)

    def _with_mentions(self, content: str) -> str:
        names = {user["global_name"] or user["username"]: user["id"] for user in self._world.users()}
        # The longest first: a name may begin with another.
        named = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        return re.sub(rf"(?<!\S)@({named})(?!\w)", lambda match: f"<@{names[match[1]]}>", content)

    def _target(self, user: JSON, channel: JSON, command: JSON, target_id: str, locale: str) -> JSON:
        """Return Discord's ``resolved`` object of what a command is chosen on."""
        resolved: JSON = {}
        if command["type"] == ON_MESSAGE:
            message = self._world.messages.get(channel["id"], target_id)
            if not sees(user["id"], message):
                raise TypedError(locale, "not_here")
            resolved["messages"] = {target_id: message}
        else:
            add_user(self._world, target_id, resolved)
        return resolved

    def _enter(self, user: JSON, channel: JSON, locale: str) -> None:
        if not self._world.may_enter(user["id"], channel):
            raise TypedError(locale, "not_here")

    def _chosen(self, select: JSON, values: Sequence[str], locale: str) -> JSON:
        choices = [option["value"] for option in select.get("options") or []]
        wrong = select["type"] == STRING_SELECT and not set(values) <= set(choices)
        low, high = select.get("min_values"), select.get("max_values")
        if wrong or not (1 if low is None else low) <= len(values) <= (1 if high is None else high):
            raise TypedError(locale, "no_choice", name=select["custom_id"], known=", ".join(choices))
        data: JSON = {"values": list(values)}
        if select["type"] != STRING_SELECT:
            data["resolved"] = self._resolved(select["type"], values, locale)
        return data

    def _resolved(self, kind: int, values: Sequence[str], locale: str) -> JSON:
        resolved: JSON = {}
        try:
            for value in values:
                if kind == 8:
                    resolved.setdefault("channels", {})[value] = self._world.channel(value) | {"permissions": "0"}
                elif kind in (5, 7):
                    add_user(self._world, value, resolved)
        except ApiError as error:
            raise TypedError(locale, "nobody", value=error.message) from None
        return resolved


def component_called(message: JSON, name: str, locale: str) -> JSON:
    """Return the component of ``message`` with that custom_id, or else that label or emoji. Raises TypedError."""
    components = [component for _, component in walk(message["components"]) if "custom_id" in component]
    for component in components:
        if component["custom_id"] == name:
            return component
    for component in components:
        emoji = (component.get("emoji") or {}).get("name")
        label = component.get("label")
        if component["type"] == BUTTON and name in (label, emoji, f"{emoji} {label}"):
            return component
    raise TypedError(locale, "no_component")
