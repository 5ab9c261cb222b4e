"""What an interaction tells: the place it belongs to, and whether who asks manages the server. Knows no feature."""

import discord

from bot.i18n import CoreTexts, UserFacingError


def place_of(interaction: discord.Interaction) -> int:
    """Return where something is said: a server's id, or in private messages the user's; Discord gives no id twice."""
    return interaction.guild_id or interaction.user.id


def check_manages_server(interaction: discord.Interaction) -> None:
    """Check that who asks may manage the server, by what Discord says with the very request.

    Raises:
        UserFacingError: they may not.
    """
    if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
        raise UserFacingError(CoreTexts, "managers_only")
