"""Gateway intents: the guild and the events as a bot's intents allow it to see them.

Knows nothing of sockets. Source: Discord's reference, "Gateway Intents" and "Ready".
"""

from playground.server.shards import Shard
from playground.world.messages import EPHEMERAL
from playground.world.wire import JSON, timestamp
from playground.world.world import World

GUILDS, GUILD_MEMBERS, PRESENCES, MESSAGE_CONTENT = 1 << 0, 1 << 1, 1 << 8, 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
ALL_INTENTS = (1 << 26) - 1
# The intent without which an event is not sent, in a guild and in direct messages; events not named need none.
NEEDED = {
    "MESSAGE_CREATE": (1 << 9, 1 << 12),
    "MESSAGE_UPDATE": (1 << 9, 1 << 12),
    "MESSAGE_DELETE": (1 << 9, 1 << 12),
    "MESSAGE_REACTION_ADD": (1 << 10, 1 << 13),
    "TYPING_START": (1 << 11, 1 << 14),
    **dict.fromkeys(("GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"), (GUILD_MEMBERS, GUILD_MEMBERS)),
    **dict.fromkeys(("GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"), (GUILDS, GUILDS)),
    **dict.fromkeys(("GUILD_CREATE", "GUILD_DELETE"), (GUILDS, GUILDS)),
    **dict.fromkeys(("CHANNEL_UPDATE", "CHANNEL_DELETE", "THREAD_CREATE"), (GUILDS, GUILDS)),
}
SENT = frozenset({*NEEDED, "INTERACTION_CREATE"})
UNREADABLE: JSON = {"content": "", "embeds": [], "attachments": [], "components": []}


def bots_guilds(world: World) -> list[str]:
    """Return the ids of the guilds that the bot is on."""
    return [guild["id"] for guild in world.guilds_of(world.bot["id"])]


def ready_event(world: World, session_id: str, gateway_url: str, shard: Shard) -> JSON:
    """Return the READY event of a shard."""
    return {
        "v": 10,
        "user": world.bot | {"mfa_enabled": False, "verified": True, "email": None},
        "guilds": [{"id": guild_id, "unavailable": True} for guild_id in bots_guilds(world) if shard.has(guild_id)],
        "session_id": session_id,
        "session_type": "normal",
        "shard": [*shard],
        "resume_gateway_url": gateway_url,
        "private_channels": [],
        "application": {"id": world.bot["id"], "flags": 0},
    }


def guild_event(world: World, guild_event: JSON, intents: int) -> JSON:
    """Return the GUILD_CREATE event: without the intent, of the members only the bot itself."""
    everybody = world.people_of(guild_event)
    return guild_event | {
        "joined_at": timestamp(world.clock()),
        "large": False,
        "unavailable": False,
        "member_count": len(everybody),
        "members": everybody if intents & GUILD_MEMBERS else [world.members[world.bot["id"]]],
        "channels": world.rooms_of(guild_event),
        "threads": world.threads_of(guild_event),
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def members_chunk(world: World, request: JSON) -> JSON:
    """Return the members that a bot asks for, by id or by the beginning of the name."""
    ids, query, guild_id = request.get("user_ids"), request.get("query"), str(request["guild_id"])
    wanted = [ids] if isinstance(ids, str | int) else ids
    members = [
        member
        for user_id, member in world.members.items()
        if world.is_in(guild_id, user_id)
        and (wanted is None or user_id in map(str, wanted))
        and (query is None or any(name.casefold().startswith(query.casefold()) for name in _names(member)))
    ]
    missing = [str(user_id) for user_id in wanted or () if not world.is_in(guild_id, str(user_id))]
    chunk: JSON = {
        "guild_id": guild_id,
        "members": members[: request.get("limit") or None],
        "not_found": missing,
    }
    return chunk | {"chunk_index": 0, "chunk_count": 1, "nonce": request.get("nonce")}


def _names(member: JSON) -> list[str]:
    user = member["user"]
    return [name for name in (member["nick"], user["global_name"], user["username"]) if name]


def receives(world: World, intents: int, name: str, data: JSON) -> bool:
    """Say whether a bot with ``intents`` is sent this event at all."""
    in_guild, in_dm = NEEDED.get(name, (0, 0))
    if name == "GUILD_MEMBER_UPDATE" and data["user"]["id"] == world.bot["id"]:
        # Of itself a bot always hears.
        return True
    needed = in_guild if data.get("channel_id") in world.channels else in_dm
    return name in SENT and (not needed or bool(intents & needed))


def event_data(world: World, intents: int, name: str, data: JSON) -> JSON:
    """Return an event as the bot gets it: with guild and member, without what its intents hide.

    Words are hidden each by its own rule: those of a message, and those of the message that it replies to.
    """
    if name == "GUILD_CREATE":
        return guild_event(world, data, intents)
    channel = world.channels.get(str(data.get("channel_id")))
    guild_id = {"guild_id": channel["guild_id"]} if channel else {}
    if name == "MESSAGE_DELETE":
        return {"id": data["id"], "channel_id": data["channel_id"]} | guild_id
    if name == "MESSAGE_REACTION_ADD":
        return data | guild_id | ({"member": world.members[data["user_id"]]} if guild_id else {})
    # Discord names no guild for an ephemeral message.
    if name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or not guild_id or data["flags"] & EPHEMERAL:
        return data
    member = {key: value for key, value in world.members[data["author"]["id"]].items() if key != "user"}
    replied: JSON | None = data.get("referenced_message")
    above = {} if replied is None else {"referenced_message": _readable(world, intents, replied)}
    return _readable(world, intents, data) | guild_id | {"member": member} | above


def _readable(world: World, intents: int, message: JSON) -> JSON:
    return message if _may_read(world, intents, message) else message | UNREADABLE


def _may_read(world: World, intents: int, message: JSON) -> bool:
    bot_id = world.bot["id"]
    named = any(user["id"] == bot_id for user in message["mentions"])
    return bool(intents & MESSAGE_CONTENT) or named or message["author"]["id"] == bot_id
