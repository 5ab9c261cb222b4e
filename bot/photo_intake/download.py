"""Download of a member's photo from Discord, if it is small enough; kept nowhere."""

import asyncio

import aiohttp
import discord
from discord.asset import Asset
from yarl import URL

from bot.errors import is_out_of_files
from bot.i18n import UserFacingError
from bot.inference.worker import Busy
from bot.photo_intake.texts import PhotoTexts
from bot.photos import MOST_BYTES, PhotoError, PhotoProblem

_PATIENCE = 10.0
"""Seconds; a link that has expired answers at once, and who asked was told to wait."""
_PREVIEWS = URL("https://media.discordapp.net")
_CHUNK = 64 * 1024


async def fetched(attachment: discord.Attachment) -> bytes:
    """Return the bytes of an attachment, from Discord alone and from no further place that it leads to.

    Raises:
        PhotoError: it is too large, whatever size it claims.
        UserFacingError: it is gone, lies elsewhere, or does not come.
        Busy: too many files are open.
    """
    if attachment.size > MOST_BYTES:
        raise PhotoError(PhotoProblem.TOO_MANY_BYTES)
    # Where the client itself fetches pictures: in a demo that is the page's own server.
    if _origin(attachment.url) not in {_origin(Asset.BASE), _PREVIEWS}:
        raise UserFacingError(PhotoTexts, "photo_gone")
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _read(URL(attachment.url))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        if is_out_of_files(error):
            raise Busy from error
        raise UserFacingError(PhotoTexts, "photo_gone") from None


def _origin(url: str) -> URL | None:
    try:
        return URL(url).origin()
    except ValueError:  # it names no place
        return None


async def _read(url: URL) -> bytes:
    data = bytearray()
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as response:
        if response.status != 200:
            raise UserFacingError(PhotoTexts, "photo_gone")
        async for chunk in response.content.iter_chunked(_CHUNK):
            data += chunk
            if len(data) > MOST_BYTES:
                raise PhotoError(PhotoProblem.TOO_MANY_BYTES)
    return bytes(data)
