"""Messages that the bot heeds by itself: which it may heed at all, and silence where nothing comes of one."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import discord
from sqlalchemy.exc import DBAPIError

from bot.i18n import UserFacingError
from bot.inference.worker import Busy, Slow
from bot.logs import outline
from bot.store.errors import StoreBusy

_log = logging.getLogger(__name__)

_SAID = frozenset({discord.MessageType.default, discord.MessageType.reply})
_GONE = frozenset({400, 403, 404})
"""How Discord refuses an answer to a message that is gone, or in a channel that is closed to the bot."""


def is_of_person(message: discord.Message) -> bool:
    """Say whether a person has said it. Bots are not answered: two would talk for ever."""
    return not message.author.bot and message.webhook_id is None and message.type in _SAID


def names(message: discord.Message, user: discord.abc.Snowflake | None) -> bool:
    """Say whether a message mentions a user, or replies to them with the ping on."""
    return user is not None and any(each.id == user.id for each in message.mentions)


def may_write(message: discord.Message) -> bool:
    """Say whether the bot may write where a message stands, as far as it knows."""
    granted = _granted(message)
    in_thread = isinstance(message.channel, discord.Thread)
    return granted.send_messages_in_threads if in_thread else granted.send_messages


def may_react(message: discord.Message) -> bool:
    """Say whether the bot may add a reaction to a message, as far as it knows."""
    granted = _granted(message)
    return granted.add_reactions and granted.read_message_history


def _granted(message: discord.Message) -> discord.Permissions:
    """Return what the bot may do where a message stands: everything where nobody grants it."""
    channel, guild = message.channel, message.guild
    if guild is None or isinstance(channel, discord.PartialMessageable | discord.DMChannel | discord.GroupChannel):
        return discord.Permissions.all()
    return channel.permissions_for(guild.me)


@contextmanager
def in_silence() -> Iterator[None]:
    """Say nothing where no answer comes about in the block: nobody waits for a sentence about why not."""
    try:
        yield
    except (Busy, Slow, StoreBusy, DBAPIError, UserFacingError) as reason:
        _log.info("A message was not answered: %s", outline(reason))
    except discord.HTTPException as refusal:
        if refusal.status not in _GONE:
            _log.warning("An answer to a message was not taken: %s", outline(refusal))
