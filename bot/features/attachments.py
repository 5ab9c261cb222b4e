"""What is attached to messages: the photo that a press begins with, members' pictures, files of answers. No feature."""

import io
from collections.abc import Iterable

import discord

ORIGINAL = "original.bin"
"""The photo in an answer about it, which every press begins with: the bot itself keeps none.

Not called a picture, so that it is a line below the pictures.
"""
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def attached(message: discord.Message | None, name: str) -> discord.Attachment | None:
    """Return the file of that name in a message, if it is there."""
    attachments = message.attachments if message else []
    return next((attachment for attachment in attachments if attachment.filename == name), None)


def pictures(attachments: Iterable[discord.Attachment]) -> list[discord.Attachment]:
    """Return those that are pictures by what Discord or their name says."""
    return [attachment for attachment in attachments if _is_picture(attachment)]


def first_picture(attachments: Iterable[discord.Attachment]) -> discord.Attachment | None:
    """Return the first picture, if there is one."""
    return next(iter(pictures(attachments)), None)


def file(data: bytes, name: str, alt: str) -> discord.File:
    """Return an attachment with words for who cannot see it."""
    return discord.File(io.BytesIO(data), name, description=alt)


def _is_picture(attachment: discord.Attachment) -> bool:
    return (attachment.content_type or "").startswith("image/") or attachment.filename.lower().endswith(_PICTURES)
