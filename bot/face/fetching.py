"""Fetches a member's photo from Discord, if it is small enough, and keeps it nowhere."""

import asyncio

import aiohttp
import discord

from bot.photos import MOST_BYTES, PhotoError, PhotoProblem
from bot.refused import Refused

_PATIENCE = 2.5
"""Seconds; a link that has expired answers at once, and a slow one is not waited for longer."""


async def fetched(attachment: discord.Attachment) -> bytes:
    """Return the bytes of an attachment.

    Raises:
        PhotoError: it is too large.
        Refused: it is gone, or does not come.
    """
    if attachment.size > MOST_BYTES:
        raise PhotoError(PhotoProblem.TOO_MANY_BYTES)
    try:
        return await asyncio.wait_for(attachment.read(), _PATIENCE)
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError, OSError):
        raise Refused(lambda texts: texts.face.photo_gone) from None
