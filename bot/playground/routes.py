"""The REST routes: one table of method, path and what is done, and the doing.

Knows nothing of HTTP: a route takes a ``Call`` and returns JSON, or None for "no content". Paths are those of Discord's
OpenAPI description, so that a checker can look them up there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.answers import REPLY, Answers
from bot.playground.attachments import Upload
from bot.playground.composing import compose
from bot.playground.errors import ApiError, unknown
from bot.playground.interactions import Interactions
from bot.playground.messages import sees
from bot.playground.wire import JSON
from bot.playground.world import World

Reply = JSON | list[JSON] | None


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read: the parts of its path, its query, its JSON and its files, and what it is about."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: tuple[Upload, ...]
    world: World
    interactions: Interactions
    answers: Answers
    gateway_url: str

    @property
    def flag(self) -> Callable[[str], bool]:
        """Return a reader of yes-or-no query parameters."""
        return lambda name: self.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table; ``open`` needs no bot token: its own token is in the path."""

    method: str
    path: str
    act: Callable[[Call], Reply]
    open: bool = False


def me(call: Call) -> Reply:
    return call.world.bot | {"mfa_enabled": False, "locale": "ko", "verified": True, "email": None}


def user(call: Call) -> Reply:
    member = call.world.members.get(call.path["user_id"])
    if member is None:
        raise unknown("User")
    found: JSON = member["user"]
    return found


def application(call: Call) -> Reply:
    world = call.world
    return {
        "id": world.bot["id"],
        "name": world.bot["username"],
        "icon": None,
        "description": "",
        "type": None,
        "bot": world.bot,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": world.me,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def gateway(call: Call) -> Reply:
    return {"url": call.gateway_url}


def gateway_bot(call: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": call.gateway_url, "shards": 1, "session_start_limit": limit}


def my_guilds(call: Call) -> Reply:
    guild = call.world.guild
    told = {key: guild[key] for key in ("id", "name", "icon", "banner", "features")}
    return [told | {"owner": False, "permissions": guild["roles"][0]["permissions"]}]


def my_dm(call: Call) -> Reply:
    return call.world.dm_with(str(call.body.get("recipient_id")))


def guild(call: Call) -> Reply:
    _this_guild(call)
    count = len(call.world.members)
    return call.world.guild | {"approximate_member_count": count, "approximate_presence_count": count}


def guild_channels(call: Call) -> Reply:
    _this_guild(call)
    return list(call.world.channels.values())


def guild_roles(call: Call) -> Reply:
    _this_guild(call)
    roles: list[JSON] = call.world.guild["roles"]
    return roles


def guild_members(call: Call) -> Reply:
    _this_guild(call)
    after, limit = int(call.query.get("after", "0")), int(call.query.get("limit", "1"))
    return [member for user_id, member in sorted(call.world.members.items()) if int(user_id) > after][:limit]


def guild_member(call: Call) -> Reply:
    _this_guild(call)
    return call.world.member(call.path["user_id"])


def _this_guild(call: Call) -> None:
    if call.path["guild_id"] != call.world.guild["id"]:
        raise unknown("Guild")


def channel(call: Call) -> Reply:
    return _channel(call)


def _channel(call: Call) -> JSON:
    return call.world.channel(call.path["channel_id"])


def typing(call: Call) -> Reply:
    world, where = call.world, _channel(call)
    told = {"channel_id": where["id"], "user_id": world.bot["id"], "timestamp": int(world.clock())}
    world.publish("TYPING_START", told)
    return None


def create_message(call: Call) -> Reply:
    world, where, body = call.world, _channel(call), call.body
    own: JSON = {} if body.get("nonce") is None else {"nonce": body["nonce"]}
    replied = _reference(call, body.get("message_reference"))
    if replied is not None:
        place = {"channel_id": replied["channel_id"], "message_id": replied["id"], "type": 0}
        own |= {"type": REPLY, "message_reference": place, "referenced_message": replied}
    parts = compose(world, where["id"], body, call.files, replied_to=replied["author"]["id"] if replied else None) | own
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
    seen = call.world.messages.seen_by("", _channel(call)["id"])
    before, after, around = (int(call.query.get(key, "0")) for key in ("before", "after", "around"))
    if after:
        return [one for one in seen if int(one["id"]) > after][:limit][::-1]
    if around:
        older = [one for one in seen if int(one["id"]) <= around][-(limit // 2 + 1) :]
        return (older + [one for one in seen if int(one["id"]) > around][: limit - len(older)])[::-1]
    return [one for one in seen if not before or int(one["id"]) < before][-limit:][::-1]


def get_message(call: Call) -> Reply:
    return _message(call)


def _message(call: Call) -> JSON:
    message = call.world.messages.get(_channel(call)["id"], call.path["message_id"])
    if not sees("", message):
        raise unknown("Message")
    return message


def edit_message(call: Call) -> Reply:
    message = _message(call)
    if message["author"]["id"] != call.world.bot["id"]:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    parts = compose(call.world, message["channel_id"], call.body, call.files, old=message)
    return call.world.messages.edit(message, parts)


def delete_message(call: Call) -> Reply:
    message = _message(call)
    if "guild_id" not in _channel(call) and message["author"]["id"] != call.world.bot["id"]:
        raise ApiError(403, 50003, "Cannot execute action on a DM channel")
    call.world.messages.delete(message)
    return None


def _scope(call: Call) -> str | None:
    if call.path["application_id"] != call.world.bot["id"]:
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
    return call.path.get("guild_id")


def list_commands(call: Call) -> Reply:
    return call.world.commands.in_scope(_scope(call))


def put_commands(call: Call) -> Reply:
    return call.world.commands.replace(_scope(call), call.body)


def create_command(call: Call) -> Reply:
    return call.world.commands.put(_scope(call), call.body)


def get_command(call: Call) -> Reply:
    return call.world.commands.get(_scope(call), call.path["command_id"])


def edit_command(call: Call) -> Reply:
    return call.world.commands.edit(_scope(call), call.path["command_id"], call.body)


def delete_command(call: Call) -> Reply:
    call.world.commands.delete(_scope(call), call.path["command_id"])
    return None


def respond(call: Call) -> Reply:
    interaction = call.interactions.unanswered(call.path["interaction_id"], call.path["interaction_token"])
    told = call.answers.respond(interaction, call.body, call.files)
    return told if call.flag("with_response") else None


def follow_up(call: Call) -> Reply:
    return call.answers.follow_up(call.interactions.by_token(call.path["webhook_token"]), call.body, call.files)


def get_webhook_message(call: Call) -> Reply:
    interaction = call.interactions.by_token(call.path["webhook_token"])
    return call.answers.message_of(interaction, call.path["message_id"])


def edit_webhook_message(call: Call) -> Reply:
    interaction = call.interactions.by_token(call.path["webhook_token"])
    message = call.answers.message_of(interaction, call.path["message_id"])
    return call.answers.edit(interaction, message, call.body, call.files)


def delete_webhook_message(call: Call) -> Reply:
    interaction = call.interactions.by_token(call.path["webhook_token"])
    call.answers.delete(interaction, call.answers.message_of(interaction, call.path["message_id"]))
    return None


_GLOBAL = "/applications/{application_id}/commands"
_OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
_MESSAGE = "/channels/{channel_id}/messages/{message_id}"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

ROUTES = (
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("POST", "/users/@me/channels", my_dm),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/gateway", gateway, open=True),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", guild_channels),
    Route("GET", "/guilds/{guild_id}/roles", guild_roles),
    Route("GET", "/guilds/{guild_id}/members", guild_members),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", guild_member),
    Route("GET", "/channels/{channel_id}", channel),
    Route("POST", "/channels/{channel_id}/typing", typing),
    Route("POST", "/channels/{channel_id}/messages", create_message),
    Route("GET", "/channels/{channel_id}/messages", list_messages),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message),
    Route("DELETE", _MESSAGE, delete_message),
    *(Route("GET", path, list_commands) for path in (_GLOBAL, _OF_GUILD)),
    *(Route("PUT", path, put_commands) for path in (_GLOBAL, _OF_GUILD)),
    *(Route("POST", path, create_command) for path in (_GLOBAL, _OF_GUILD)),
    *(Route("GET", path + "/{command_id}", get_command) for path in (_GLOBAL, _OF_GUILD)),
    *(Route("PATCH", path + "/{command_id}", edit_command) for path in (_GLOBAL, _OF_GUILD)),
    *(Route("DELETE", path + "/{command_id}", delete_command) for path in (_GLOBAL, _OF_GUILD)),
    Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", respond, open=True),
    Route("POST", _WEBHOOK, follow_up, open=True),
    # "@original" is one of the ids here.
    Route("GET", _WEBHOOK + "/messages/{message_id}", get_webhook_message, open=True),
    Route("PATCH", _WEBHOOK + "/messages/{message_id}", edit_webhook_message, open=True),
    Route("DELETE", _WEBHOOK + "/messages/{message_id}", delete_webhook_message, open=True),
)
