"""Lookup of members by id or name, in ways for which no privileged intent is needed.

Discord tells a bot without the members intent nothing of who leaves; it has to ask for those it wants to know of. The
gateway takes two questions a second from a bot, of a hundred members each; the other way fifty, of one member each.
"""

import unicodedata
from collections.abc import Iterable

import discord

_AT_ONCE = 100
"""As many as Discord tells in one answer."""
_NO_MEMBER = (10007, 10013)
"""Discord knows the server, but nobody of that id on it, or anywhere."""


async def members_by_id(guild: discord.Guild, user_ids: Iterable[int]) -> dict[int, discord.Member]:
    """Return those of ``user_ids`` who are on the server.

    Raises:
        TimeoutError: Discord did not answer.
    """
    ids = sorted(set(user_ids))
    members: list[discord.Member] = []
    for start in range(0, len(ids), _AT_ONCE):
        members += await guild.query_members(user_ids=ids[start : start + _AT_ONCE], limit=_AT_ONCE)
    return {member.id: member for member in members}


async def members_one_by_one(guild: discord.Guild, user_ids: Iterable[int]) -> dict[int, discord.Member]:
    """Return those of ``user_ids`` who are on the server: for a few, and where many servers ask at one moment.

    Raises:
        discord.HTTPException: Discord could not say it of someone.
    """
    members = {}
    for user_id in set(user_ids):
        try:
            members[user_id] = await guild.fetch_member(user_id)
        except discord.NotFound as error:
            if error.code not in _NO_MEMBER:
                raise
    return members


async def members_called(guild: discord.Guild, name: str) -> tuple[discord.Member, ...]:
    """Return who is called ``name`` on the server, by nickname, display name or user name; case does not matter.

    Raises:
        TimeoutError: Discord did not answer.
    """
    members = await guild.query_members(query=name, limit=_AT_ONCE)
    return tuple(member for member in members if not member.bot and _name_key(name) in _names(member))


def _names(member: discord.Member) -> set[str]:
    return {_name_key(name) for name in (member.nick, member.global_name, member.name) if name}


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()
