"""Suggestions while somebody types an option: none where nothing can be said there, instead of an error. No feature."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.i18n import UserFacingError
from bot.inference.worker import Busy, Slow
from bot.store.errors import StoreBusy

Suggest: TypeAlias = Callable[[Any, discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]


def suggestions(suggest: Suggest) -> Suggest:
    """Return the method of a cog so that it suggests nothing where it would tell a member why not.

    Nobody has asked yet: they are told when they do. discord.py would log each letter typed as an error.
    """

    @wraps(suggest)
    async def quietly(cog: Any, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:  # noqa: ANN401 - any feature's
        try:
            return await suggest(cog, interaction, typed)
        except (UserFacingError, Busy, Slow, StoreBusy):
            return []

    return quietly
