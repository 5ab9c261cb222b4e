"""What the bot may do on a server, from what Discord has told it: write in a channel, give a role."""

from collections.abc import Callable

import discord

from bot.i18n.birthday_texts import BirthdayTexts

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


def cannot_write(channel_id: int, lacking: list[str], texts: BirthdayTexts) -> str:
    """Return the sentence about what is lacking in a channel."""
    names = ", ".join(texts.permissions[name] for name in lacking)
    return texts.cannot_write.format(channel=f"<#{channel_id}>", permissions=names)


def why_not_role(server: discord.Guild, role_id: int) -> Callable[[BirthdayTexts], str] | None:
    """Return why the bot cannot give that role, as a sentence in any language; None if it can."""
    role = server.get_role(role_id)
    if role is None:
        return lambda texts: texts.refusals["role-gone"]
    if role.is_default():
        return lambda texts: texts.no_such_role.format(role=role.name)
    if role.managed:
        return lambda texts: texts.role_of_app.format(role=role.mention)
    if not server.me.guild_permissions.manage_roles:
        return lambda texts: texts.cannot_give_roles
    if role >= server.me.top_role:
        return lambda texts: texts.role_too_high.format(role=role.mention)
    return None
