"""The answer to a message on Discord, as a reply to it."""

import discord

from bot.features.reply.formatting import formatted
from bot.groups.group import Group
from bot.inference.answering import Answer

_NOBODY = discord.AllowedMentions.none()


async def reply_with(
    message: discord.Message, answer: Answer, group: Group, language: str, view: discord.ui.View
) -> None:
    """Reply to a message with a group's answer, pinging nobody.

    Raises:
        HTTPException: Discord does not take it.
    """
    await message.reply(
        formatted(answer, group, language),
        view=view,
        allowed_mentions=_NOBODY,
        suppress_embeds=True,
        # Discord takes no second message with it for some minutes, also from another process.
        nonce=message.id,
    )
