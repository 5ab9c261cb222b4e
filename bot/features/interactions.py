"""What an interaction tells: the place it belongs to, whether who asks manages the server, and how long they wait.

Knows no feature.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import discord

from bot.groups.group import Place
from bot.i18n import CoreTexts, UserFacingError
from bot.store.deadline import waited_for


def data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    """Return what came with a request, whatever that was: nothing where it is no object."""
    data: object = interaction.data
    return data if isinstance(data, Mapping) else {}


def place_of(interaction: discord.Interaction) -> Place:
    """Return where something is said: a server that the bot is on, else what is the person's own.

    Their own are private messages, and what they have installed for themselves and use anywhere.
    """
    server = interaction.guild_id
    is_on_it = server is not None and interaction.client.get_guild(server) is not None
    return Place(server if is_on_it else None, interaction.user.id)


def manages_server(interaction: discord.Interaction) -> bool:
    """Return whether who asks may manage the server, by what Discord says with the very request."""
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def check_manages_server(interaction: discord.Interaction) -> None:
    """Check that who asks may manage the server.

    Raises:
        UserFacingError: they may not.
    """
    if not manages_server(interaction):
        raise UserFacingError(CoreTexts, "managers_only")


def in_time(interaction: discord.Interaction) -> AbstractContextManager[None]:
    """Let a block ask the database only until Discord takes no first answer any more, unless one is there."""
    return waited_for(lambda: not interaction.response.is_done())
