"""Permissions of a member, on the server and in a channel.

Pure: knows nothing of routes. Source: Discord's reference, "Permissions" and "Permission Overwrites".
"""

from collections.abc import Iterable

from playground.world.seed import EVERYTHING
from playground.world.wire import JSON

ADMINISTRATOR, MANAGE_GUILD, ADD_REACTIONS = 1 << 3, 1 << 5, 1 << 6
VIEW_CHANNEL, SEND_MESSAGES, READ_HISTORY = 1 << 10, 1 << 11, 1 << 16
MANAGE_ROLES, MANAGE_EVENTS, SEND_MESSAGES_IN_THREADS, CREATE_EVENTS = 1 << 28, 1 << 33, 1 << 38, 1 << 44
ALL = int(EVERYTHING)


def on_server(guild: JSON, member: JSON) -> int:
    """Return the permissions of ``member`` before any channel's own rules."""
    if member["user"]["id"] == guild["owner_id"]:
        return ALL
    own = {guild["id"], *member["roles"]}
    granted = 0
    for role in guild["roles"]:
        if role["id"] in own:
            granted |= int(role["permissions"])
    return ALL if granted & ADMINISTRATOR else granted


def in_channel(guild: JSON, member: JSON, channel: JSON) -> int:
    """Return the permissions of ``member`` in ``channel``; who does not see it may do nothing there."""
    granted = on_server(guild, member)
    if granted == ALL and (member["user"]["id"] == guild["owner_id"] or _is_administrator(guild, member)):
        return ALL
    rules = {rule["id"]: rule for rule in channel.get("permission_overwrites") or []}
    for ids in ([guild["id"]], member["roles"], [member["user"]["id"]]):
        granted = _ruled(granted, [rules[one] for one in ids if one in rules])
    return granted if granted & VIEW_CHANNEL else 0


def top_position(guild: JSON, member: JSON) -> int:
    """Return the position of the member's highest role; 0 is everybody's."""
    return max((role["position"] for role in guild["roles"] if role["id"] in member["roles"]), default=0)


def _is_administrator(guild: JSON, member: JSON) -> bool:
    own = {guild["id"], *member["roles"]}
    return any(int(role["permissions"]) & ADMINISTRATOR for role in guild["roles"] if role["id"] in own)


def _ruled(granted: int, rules: Iterable[JSON]) -> int:
    denied = allowed = 0
    for rule in rules:
        denied |= int(rule["deny"])
        allowed |= int(rule["allow"])
    return granted & ~denied | allowed
