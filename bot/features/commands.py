"""What commands of any feature have: where they are offered, yes or no, suggestions, the context menu of messages."""

from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import Any, TypeAlias, TypeVar

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.i18n import UserFacingError
from bot.inference.worker import Busy, Slow
from bot.store.errors import StoreBusy

T = TypeVar("T")
Names: TypeAlias = Callable[[Any, discord.Interaction, str], Coroutine[Any, Any, Mapping[str, str]]]
Choices: TypeAlias = Callable[[Any, discord.Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]

YES_OR_NO = [Choice(name="Yes", value="yes"), Choice(name="No", value="no")]
_MOST_CHOICES = 25


def everywhere(command: T) -> T:
    """Offer a command, or a group of them, on servers and in private, also to whoever installed it for themselves."""
    contexts = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    return contexts(app_commands.allowed_installs(guilds=True, users=True)(command))


def suggestions(named: Names) -> Choices:
    """Return the method of a cog, which returns values with what they are called, as suggestions while somebody types.

    There are none where it would tell a member why not: nobody has asked yet, and they are told when they do.
    discord.py would log each letter typed as an error.
    """

    @wraps(named)
    async def quietly(cog: Any, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:  # noqa: ANN401 - any feature's
        try:
            names = await named(cog, interaction, typed)
        except (UserFacingError, Busy, Slow, StoreBusy):
            return []
        return [Choice(name=name, value=value) for value, name in names.items()][:_MOST_CHOICES]

    return quietly


class MessageMenu:
    """A cog with a command in the context menu of messages, which it would not add by itself as it does others."""

    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        name: str,
        callback: Callable[[discord.Interaction[Any], discord.Message], Coroutine[Any, Any, None]],
    ) -> None:
        """Take the tree, what the command is called, and what answers it."""
        self._tree = tree
        self._menu = everywhere(app_commands.ContextMenu(name=name, callback=callback))

    async def cog_load(self) -> None:
        """Add the command."""
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it away again."""
        self._tree.remove_command(self._menu.name, type=self._menu.type)
