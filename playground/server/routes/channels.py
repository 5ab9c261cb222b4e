"""Channels and the messages in them.

Knows nothing of HTTP.
"""

from playground.interactions.message_builder import Draft, compose
from playground.server.routes.call import Call, Reply, Route
from playground.world import reactions
from playground.world.errors import ApiError, no_access, not_permitted, unknown
from playground.world.messages import reference_to, sees
from playground.world.permissions import (
    ADD_REACTIONS,
    ALL,
    READ_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
    in_channel,
)
from playground.world.seed import THREAD
from playground.world.wire import JSON


def channel(call: Call) -> Reply:
    """Return a channel."""
    return _channel(call)


def _channel(call: Call) -> JSON:
    channel = call.world.channel(call.path["channel_id"])
    if not _powers(call, channel) & VIEW_CHANNEL:
        raise no_access()
    return channel


def _powers(call: Call, channel: JSON) -> int:
    world = call.world
    if "guild_id" not in channel:
        return ALL
    ruling = world.channel(channel["parent_id"]) if channel["type"] == THREAD else channel
    return in_channel(world.guild_of(channel), world.members[world.bot["id"]], ruling)


def typing(call: Call) -> Reply:
    """Show that the bot is typing."""
    world, place = call.world, _channel(call)
    event = {"channel_id": place["id"], "user_id": world.bot["id"], "timestamp": int(world.clock())}
    world.publish("TYPING_START", event)
    return None


def create_message(call: Call) -> Reply:
    """Send a message; with ``enforce_nonce`` not twice."""
    world, where, body = call.world, _channel(call), call.body
    if not _powers(call, where) & (SEND_MESSAGES_IN_THREADS if where["type"] == THREAD else SEND_MESSAGES):
        raise not_permitted()
    own: JSON = {} if body.get("nonce") is None else {"nonce": body["nonce"]}
    replied = _reference(call, body.get("message_reference"))
    if replied is not None:
        own |= reference_to(replied)
    answered = replied["author"]["id"] if replied else None
    parts = compose(world, Draft(where["id"], body, call.files, replied_to=answered)) | own
    if body.get("enforce_nonce") and own.get("nonce") is not None:
        return world.messages.post_once(where, world.bot, parts, str(own["nonce"]))
    return world.messages.post(where, world.bot, parts)


def _reference(call: Call, reference: JSON | None) -> JSON | None:
    """Return the message that is replied to, if it is there; a reply to none is refused unless the bot allows it."""
    if reference is None:
        return None
    try:
        return call.world.messages.get(_channel(call)["id"], str(reference["message_id"]))
    except ApiError:
        if reference.get("fail_if_not_exists", True):
            raise ApiError(400, 50035, "Invalid Form Body", {"message_reference": {"_errors": [
                {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}}) from None  # fmt: skip
        return None


def list_messages(call: Call) -> Reply:
    """Return messages newest first, around, before or after one."""
    limit = min(int(call.query.get("limit", "50")), 100)
    if not _powers(call, _channel(call)) & READ_HISTORY:
        return []
    messages = call.world.messages.seen_by("", _channel(call)["id"])
    before, after, around = (int(call.query.get(key, "0")) for key in ("before", "after", "around"))
    if after:
        return [message for message in messages if int(message["id"]) > after][:limit][::-1]
    if around:
        older = [message for message in messages if int(message["id"]) <= around][-(limit // 2 + 1) :]
        return (older + [message for message in messages if int(message["id"]) > around][: limit - len(older)])[::-1]
    return [message for message in messages if not before or int(message["id"]) < before][-limit:][::-1]


def get_message(call: Call) -> Reply:
    """Return one message."""
    return _message(call)


def _message(call: Call) -> JSON:
    message = call.world.messages.get(_channel(call)["id"], call.path["message_id"])
    if not sees("", message):
        raise unknown("Message")
    return message


def edit_message(call: Call) -> Reply:
    """Change one of the bot's own messages."""
    message = _message(call)
    if message["author"]["id"] != call.world.bot["id"]:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    parts = compose(call.world, Draft(message["channel_id"], call.body, call.files, old=message))
    return call.world.messages.edit(message, parts)


def delete_message(call: Call) -> Reply:
    """Take a message away."""
    message = _message(call)
    if "guild_id" not in _channel(call) and message["author"]["id"] != call.world.bot["id"]:
        raise ApiError(403, 50003, "Cannot execute action on a DM channel")
    call.world.messages.delete(message)
    return None


def react(call: Call) -> Reply:
    """Add the bot's own reaction to a message."""
    message, powers, emoji = _message(call), _powers(call, _channel(call)), call.path["emoji_name"]
    is_there = any(reaction["emoji"]["name"] == emoji for reaction in message.get("reactions", []))
    # Whoever may not add another may still join one that is there.
    if not powers & READ_HISTORY or not (is_there or powers & ADD_REACTIONS):
        raise not_permitted()
    if reactions.add(message, emoji, me=True):
        call.world.messages.reacted(message, call.world.bot, emoji)
    return None


ROUTES = (
    Route("GET", "/channels/{channel_id}", channel),
    Route("POST", "/channels/{channel_id}/typing", typing),
    Route("POST", "/channels/{channel_id}/messages", create_message),
    Route("GET", "/channels/{channel_id}/messages", list_messages),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", get_message),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", edit_message),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete_message),
    Route("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me", react),
)
