"""The guilds, their people, and anybody by id.

Knows nothing of HTTP.
"""

from playground.server.routes.call import Call, Reply, Route
from playground.world.errors import not_permitted, unknown
from playground.world.guild_admin import GuildAdmin
from playground.world.permissions import MANAGE_ROLES, on_server, top_position
from playground.world.wire import JSON


def user(call: Call) -> Reply:
    """Return any user."""
    member = call.world.members.get(call.path["user_id"])
    if member is None:
        raise unknown("User")
    user_object: JSON = member["user"]
    return user_object


def guild(call: Call) -> Reply:
    """Return a guild."""
    count = len(call.world.members)
    return guild_of(call) | {"approximate_member_count": count, "approximate_presence_count": count}


def guild_channels(call: Call) -> Reply:
    """Return the guild's channels."""
    return call.world.rooms_of(guild_of(call))


def guild_roles(call: Call) -> Reply:
    """Return the guild's roles."""
    roles: list[JSON] = guild_of(call)["roles"]
    return roles


def guild_member(call: Call) -> Reply:
    """Return one member."""
    if not call.world.is_in(guild_of(call)["id"], call.path["user_id"]):
        raise unknown("Member")
    return call.world.member(call.path["user_id"])


def give_role(call: Call) -> Reply:
    """Give a role to a member."""
    _ruling(call).give_role(call.path["user_id"], call.path["role_id"])
    return None


def take_role(call: Call) -> Reply:
    """Take a role from a member."""
    _ruling(call).take_role(call.path["user_id"], call.path["role_id"])
    return None


def _ruling(call: Call) -> GuildAdmin:
    """Return what can be changed, if the bot may change who has this role."""
    guild, world, ruling = guild_of(call), call.world, GuildAdmin(call.world)
    world.member(call.path["user_id"])
    role, bot = ruling.role(call.path["role_id"]), world.members[world.bot["id"]]
    may = on_server(guild, bot) & MANAGE_ROLES and not role["managed"]
    if not may or role["position"] >= top_position(guild, bot):
        raise not_permitted()
    return ruling


def guild_of(call: Call) -> JSON:
    """Return the guild that a route is about, if the bot is on it. Raises ApiError 10004."""
    guild = call.world.guilds.get(call.path["guild_id"])
    if guild is None or not call.world.is_in(guild["id"], call.world.bot["id"]):
        raise unknown("Guild")
    return guild


ROUTES = (
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", guild_channels),
    Route("GET", "/guilds/{guild_id}/roles", guild_roles),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
    Route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", give_role),
    Route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", take_role),
)
