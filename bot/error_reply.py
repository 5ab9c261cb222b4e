"""Error replies: an error as words for a member, and as a line in the log that holds none of theirs; nowhere else."""

import logging
import secrets

import discord
from discord import app_commands

from bot import metrics
from bot.errors import is_out_of_files
from bot.i18n import CoreTexts, UserFacingError, texts_for
from bot.inference.worker import Busy, Slow
from bot.logs import outline
from bot.response_retry import Undelivered
from bot.store.errors import StoreBusy

_log = logging.getLogger(__name__)


# What Discord asks for by a command that this version does not have, or not like that.
_UNKNOWN = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch, app_commands.TransformerError)


async def answer(interaction: discord.Interaction, error: Exception) -> None:
    """Tell the member, and only them, what became of their request; log it if it is our fault."""
    error = _cause(error)
    metrics.ERRORS.labels(type(error).__name__).inc()
    if isinstance(error, Undelivered):
        # What was asked for may well be done: nothing may say that it failed.
        _log.warning("An answer could not be delivered: %s", outline(error))
    if (isinstance(error, Undelivered) and error.final) or interaction.type is discord.InteractionType.autocomplete:
        return
    try:
        await _send(interaction, _sentence(error, interaction.locale.value))
    except Exception as lost:  # noqa: BLE001 - what gets past here is logged with the button, which holds a word
        # The interaction is too old, Discord is not there, or we are leaving: nobody is left to be told.
        _log.warning("An answer could not be sent: %s", outline(lost))


def _cause(error: Exception) -> Exception:
    original = getattr(error, "original", None)
    return original if isinstance(original, Exception) else error


def _sentence(error: Exception, locale: str) -> str:
    if isinstance(error, UserFacingError):
        return error.sentence(locale)
    texts = texts_for(CoreTexts, locale)
    if out_of_files := is_out_of_files(error):
        _log.error("Too many files are open: end what else runs, or raise the limit (ulimit -n). %s", outline(error))
    if out_of_files or isinstance(error, Busy | StoreBusy):
        return texts.undelivered if isinstance(error, StoreBusy) and error.after_change else texts.busy
    if isinstance(error, Slow):
        return texts.slow
    if isinstance(error, Undelivered):
        return texts.undelivered
    if isinstance(error, _UNKNOWN):
        _log.warning("A command of another version: %s", outline(error))
        return texts.unknown_command
    reference = secrets.token_hex(3).upper()
    _log.error("Reference %s: %s", reference, outline(error))
    return texts.failed.format(reference=reference)


async def _send(interaction: discord.Interaction, sentence: str) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(sentence, ephemeral=True)
    else:
        await interaction.response.send_message(sentence, ephemeral=True)
