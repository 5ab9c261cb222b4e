"""Registration of the commands on Discord: one of its lists holds them, every other one is empty.

What a member sees is the global list and their server's own together: with both filled, every command stands there
twice. Knows nothing of what the commands do.
"""

import asyncio
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.abc import Snowflake

from bot.client.retry import is_passing, persistently
from bot.errors import OwnerError
from bot.logs import outline

_log = logging.getLogger(__name__)

_TRIES_AT_START = 3
_MOST_SERVERS = 200
_NOT_THERE = (
    "The bot is not on the server that DANTOK_GUILD names, or came without the scope applications.commands: "
    "correct the number, or invite the bot again."
)


class Registration:
    """The lists of one bot. Until Discord has taken the commands, those of last time are still there."""

    def __init__(self, tree: app_commands.CommandTree[Any], guild: Snowflake | None) -> None:
        """Take the commands, and the server where they are to appear instead of everywhere."""
        self._tree = tree
        self._guild = guild
        self._is_filled = False
        self._settling: asyncio.Task[None] | None = None

    async def fill(self) -> None:
        """Tell Discord the commands; where it does not take them soon, :meth:`settle` goes on.

        Raises:
            OwnerError: the bot is not on the server that is meant.
        """
        self._is_filled = False
        if self._guild is not None:
            self._tree.copy_global_to(guild=self._guild)
        try:
            await persistently("telling the commands", self._fill, tries=_TRIES_AT_START)
        except discord.HTTPException as error:
            if self._guild is not None and error.status in {403, 404}:
                raise OwnerError(_NOT_THERE) from error
            self._log_old(error)
        except Exception as error:
            if not is_passing(error):
                raise
            self._log_old(error)

    def settle(self, guilds: Iterable[Snowflake]) -> None:
        """Fill the list if it is not yet, then empty all others: the global one, and those of ``guilds``."""
        self.stop()
        self._settling = asyncio.create_task(self._settle(list(guilds)[:_MOST_SERVERS]), name="registration")

    def stop(self) -> None:
        """Try no more."""
        if self._settling is not None:
            self._settling.cancel()

    async def _settle(self, guilds: list[Snowflake]) -> None:
        try:
            if not self._is_filled:
                await persistently("telling the commands", self._fill)
            for guild in (None, *guilds):
                if _id(guild) != _id(self._guild):
                    await persistently("emptying a list of commands", partial(self._empty, guild))
        except discord.HTTPException as error:
            _log.error("Discord did not take the lists of commands: %s", outline(error))

    async def _fill(self) -> None:
        await self._tree.sync(guild=self._guild)
        self._is_filled = True

    async def _empty(self, guild: Snowflake | None) -> None:
        http, application = self._tree.client.http, self._tree.client.application_id or 0
        try:
            if guild is None:
                if await http.get_global_commands(application):
                    await http.bulk_upsert_global_commands(application, payload=[])
            elif await http.get_guild_commands(application, guild.id):
                await http.bulk_upsert_guild_commands(application, guild.id, payload=[])
        except (discord.Forbidden, discord.NotFound):
            return  # the bot was invited without commands, or has left

    @staticmethod
    def _log_old(error: Exception) -> None:
        _log.error("Discord did not take the commands, members see those of last time: %s", outline(error))


def _id(guild: Snowflake | None) -> int | None:
    return None if guild is None else guild.id
