"""Permissions of the bot on a server, from what Discord has told it: to write in a channel, to give a role."""

import discord

from bot.features.birthday.texts import BirthdayTexts
from bot.i18n import Named, UserFacingError

_NEEDED = ("view_channel", "send_messages", "read_message_history")


def lacking(server: discord.Guild, channel_id: int) -> list[str] | None:
    """Return the permissions that the bot lacks to congratulate there, by name; None if there is no such channel.

    Reading what was sent is one of them: a wish that cannot be looked for could be sent twice.
    """
    channel = server.get_channel(channel_id)
    if channel is None:
        return None
    permissions = channel.permissions_for(server.me)
    return [name for name in _NEEDED if not getattr(permissions, name)]


def cannot_write(channel_id: int, lacking: list[str]) -> UserFacingError:
    """Return the error about what is lacking in a channel."""
    names = Named("permissions", tuple(lacking))
    return UserFacingError(BirthdayTexts, "cannot_write", channel=f"<#{channel_id}>", permissions=names)


def why_not_role(server: discord.Guild, role_id: int) -> UserFacingError | None:
    """Return why the bot cannot give that role; None if it can."""
    role = server.get_role(role_id)
    if role is None:
        return UserFacingError(BirthdayTexts, "refusals", "role-gone")
    if role.is_default():
        return UserFacingError(BirthdayTexts, "no_such_role", role=role.name)
    if role.managed:
        return UserFacingError(BirthdayTexts, "role_of_app", role=role.mention)
    if not server.me.guild_permissions.manage_roles:
        return UserFacingError(BirthdayTexts, "cannot_give_roles")
    if role >= server.me.top_role:
        return UserFacingError(BirthdayTexts, "role_too_high", role=role.mention)
    return None
