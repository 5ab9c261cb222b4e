"""A command in the context menu of messages, which a cog does not add by itself as it does its other commands."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord
from discord import app_commands


class MessageMenu:
    """A cog with one: it is in the tree as long as the cog is."""

    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        name: str,
        callback: Callable[[discord.Interaction[Any], discord.Message], Coroutine[Any, Any, None]],
    ) -> None:
        """Take the tree, what the command is called, and what answers it."""
        self._tree = tree
        self._menu = app_commands.ContextMenu(
            name=name,
            callback=callback,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )

    async def cog_load(self) -> None:
        """Add the command."""
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it away again."""
        self._tree.remove_command(self._menu.name, type=self._menu.type)
