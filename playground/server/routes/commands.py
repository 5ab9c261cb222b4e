"""The bot's commands, for everybody and for one guild.

Knows nothing of HTTP.
"""

from playground.server.routes.call import Call, Reply, Route
from playground.world.errors import ApiError

EVERYWHERE = "/applications/{application_id}/commands"
IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _scope(call: Call) -> str | None:
    if call.path["application_id"] != call.world.bot["id"]:
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
    return call.path.get("guild_id")


def list_commands(call: Call) -> Reply:
    """Return the registered commands."""
    return call.world.commands.in_scope(_scope(call))


def put_commands(call: Call) -> Reply:
    """Register a whole set of commands in place of what there was."""
    return call.world.commands.replace(_scope(call), call.body)


def create_command(call: Call) -> Reply:
    """Register one command."""
    return call.world.commands.put(_scope(call), call.body)


def get_command(call: Call) -> Reply:
    """Return one command."""
    return call.world.commands.get(_scope(call), call.path["command_id"])


def edit_command(call: Call) -> Reply:
    """Change one command."""
    return call.world.commands.edit(_scope(call), call.path["command_id"], call.body)


def delete_command(call: Call) -> Reply:
    """Take one command away."""
    call.world.commands.delete(_scope(call), call.path["command_id"])
    return None


ROUTES = (
    *(Route("GET", path, list_commands) for path in (EVERYWHERE, IN_GUILD)),
    *(Route("PUT", path, put_commands) for path in (EVERYWHERE, IN_GUILD)),
    *(Route("POST", path, create_command) for path in (EVERYWHERE, IN_GUILD)),
    *(Route("GET", path + "/{command_id}", get_command) for path in (EVERYWHERE, IN_GUILD)),
    *(Route("PATCH", path + "/{command_id}", edit_command) for path in (EVERYWHERE, IN_GUILD)),
    *(Route("DELETE", path + "/{command_id}", delete_command) for path in (EVERYWHERE, IN_GUILD)),
)
