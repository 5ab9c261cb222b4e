"""The commands that the bot has registered, for everybody or for one guild.

Knows nothing of who runs them. Source: Discord's reference, "Application Commands".
"""

from playground.world.command_rules import CHAT_INPUT, check_command, check_commands
from playground.world.errors import unknown
from playground.world.messages import Publish
from playground.world.validation import ValidationErrors
from playground.world.wire import JSON, Snowflakes

Scope = str | None
IN_GUILD, WITH_THE_BOT = 0, 1
"""Interaction contexts."""
FOR_PEOPLE = 1
"""An integration type."""
DEFAULTS: JSON = {"default_member_permissions": None, "nsfw": False, "integration_types": [0], "contexts": None}


class CommandBook:
    """All registered commands; a scope is a guild's id, or None for the global ones."""

    def __init__(self, ids: Snowflakes, application_id: str, publish: Publish) -> None:
        self._ids = ids
        self._application_id = application_id
        self._publish = publish
        self._scopes: dict[Scope, dict[str, JSON]] = {}

    def all(self) -> list[JSON]:
        """Return every command of every scope, for the one guild there is."""
        return [command for scope in self._scopes.values() for command in scope.values()]

    def in_scope(self, scope: Scope) -> list[JSON]:
        """Return the commands of one scope."""
        return list(self._scopes.get(scope, {}).values())

    def replace(self, scope: Scope, bodies: list[JSON]) -> list[JSON]:
        """Make ``bodies`` the commands of ``scope``; one that keeps type and name keeps its id."""
        errors = ValidationErrors()
        check_commands(bodies, errors)
        errors.check()
        registered = [self._registered(scope, body) for body in bodies]
        self._scopes[scope] = {command["id"]: command for command in registered}
        self._told()
        return registered

    def put(self, scope: Scope, body: JSON) -> JSON:
        """Add one command, or replace the one of the same type and name."""
        errors = ValidationErrors()
        check_command(body, errors)
        errors.check()
        command = self._registered(scope, body)
        self._scopes.setdefault(scope, {})[command["id"]] = command
        self._told()
        return command

    def edit(self, scope: Scope, command_id: str, changes: JSON) -> JSON:
        """Change one command."""
        command = self.get(scope, command_id)
        errors = ValidationErrors()
        check_command(command | changes, errors)
        errors.check()
        command.update(changes, version=self._ids.new())
        self._told()
        return command

    def delete(self, scope: Scope, command_id: str) -> None:
        """Take one command away."""
        self.get(scope, command_id)
        del self._scopes[scope][command_id]
        self._told()

    def get(self, scope: Scope, command_id: str) -> JSON:
        """Return one command. Raises ApiError 10063."""
        try:
            return self._scopes[scope][command_id]
        except KeyError:
            raise unknown("application command") from None

    def _registered(self, scope: Scope, body: JSON) -> JSON:
        kind, name = body.get("type") or CHAT_INPUT, body["name"]
        same = (old["id"] for old in self.in_scope(scope) if (old["type"], old["name"]) == (kind, name))
        own = {"id": next(same, None) or self._ids.new(), "application_id": self._application_id, "type": kind}
        own |= {"version": self._ids.new(), "description": body.get("description") or ""}
        given = {key: value for key, value in body.items() if value is not None}
        return DEFAULTS | given | own | ({} if scope is None else {"guild_id": scope})

    def _told(self) -> None:
        self._publish("COMMANDS", {"commands": self.all()})


def offered_in(command: JSON, channel: JSON, *, with_bot: bool = True) -> bool:
    """Say whether ``command`` can be used in ``channel``: one of a guild only there, another in its contexts.

    Where the bot itself is not (``with_bot``), it is one that people install for themselves.
    """
    if not with_bot and FOR_PEOPLE not in command["integration_types"]:
        return False
    if "guild_id" in command:
        return bool(channel.get("guild_id") == command["guild_id"])
    contexts = command["contexts"]
    if contexts is None:
        return "guild_id" in channel or command.get("dm_permission") is not False
    return (IN_GUILD if "guild_id" in channel else WITH_THE_BOT) in contexts
