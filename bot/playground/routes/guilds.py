"""The guild, its people, and anybody by id.

Knows nothing of HTTP.
"""

from bot.playground.errors import unknown
from bot.playground.routes.call import Call, Reply, Route
from bot.playground.wire import JSON


def user(call: Call) -> Reply:
    """Return any user."""
    member = call.world.members.get(call.path["user_id"])
    if member is None:
        raise unknown("User")
    found: JSON = member["user"]
    return found


def guild(call: Call) -> Reply:
    """Return the guild."""
    _this_guild(call)
    count = len(call.world.members)
    return call.world.guild | {"approximate_member_count": count, "approximate_presence_count": count}


def guild_channels(call: Call) -> Reply:
    """Return the guild's channels."""
    _this_guild(call)
    return list(call.world.channels.values())


def guild_roles(call: Call) -> Reply:
    """Return the guild's roles."""
    _this_guild(call)
    roles: list[JSON] = call.world.guild["roles"]
    return roles


def guild_member(call: Call) -> Reply:
    """Return one member."""
    _this_guild(call)
    return call.world.member(call.path["user_id"])


def _this_guild(call: Call) -> None:
    if call.path["guild_id"] != call.world.guild["id"]:
        raise unknown("Guild")


ROUTES = (
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", guild_channels),
    Route("GET", "/guilds/{guild_id}/roles", guild_roles),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
)
