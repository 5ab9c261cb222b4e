"""A guild's scheduled events, as far as the bot may: its own with Create Events, others' with Manage Events.

Knows nothing of HTTP.
"""

from playground.server.routes.call import Call, Reply, Route
from playground.server.routes.guilds import guild_of
from playground.world.errors import not_permitted
from playground.world.permissions import CREATE_EVENTS, MANAGE_EVENTS, on_server
from playground.world.scheduled_events import ScheduledEvents
from playground.world.wire import JSON

OF_GUILD = "/guilds/{guild_id}/scheduled-events"
ONE = OF_GUILD + "/{guild_scheduled_event_id}"


def list_events(call: Call) -> Reply:
    """Return what is to come or goes on."""
    return ScheduledEvents(call.world).of(guild_of(call))


def get_event(call: Call) -> Reply:
    """Return one event."""
    return _event(call)


def create_event(call: Call) -> Reply:
    """Make an event."""
    guild = guild_of(call)
    if not _powers(call, guild) & CREATE_EVENTS:
        raise not_permitted()
    return ScheduledEvents(call.world).create(guild, call.world.bot, call.body)


def edit_event(call: Call) -> Reply:
    """Change an event."""
    _check_may_change(call)
    return ScheduledEvents(call.world).edit(guild_of(call), call.path["guild_scheduled_event_id"], call.body)


def delete_event(call: Call) -> Reply:
    """Take an event away."""
    _check_may_change(call)
    ScheduledEvents(call.world).delete(guild_of(call), call.path["guild_scheduled_event_id"])
    return None


def _event(call: Call) -> JSON:
    return ScheduledEvents(call.world).get(guild_of(call), call.path["guild_scheduled_event_id"])


def _check_may_change(call: Call) -> None:
    is_own = _event(call)["creator_id"] == call.world.bot["id"]
    if not _powers(call, guild_of(call)) & (MANAGE_EVENTS | (CREATE_EVENTS if is_own else 0)):
        raise not_permitted()


def _powers(call: Call, guild: JSON) -> int:
    return on_server(guild, call.world.members[call.world.bot["id"]])


ROUTES = (
    Route("GET", OF_GUILD, list_events),
    Route("POST", OF_GUILD, create_event),
    Route("GET", ONE, get_event),
    Route("PATCH", ONE, edit_event),
    Route("DELETE", ONE, delete_event),
)
