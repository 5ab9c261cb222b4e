"""``/about`` on Discord."""

from collections.abc import Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.features.about.texts import AboutTexts
from bot.i18n import texts_for
from bot.inference.models import LoadedModels
from bot.markdown import LIMIT, cut, plain, small


class About(commands.Cog):
    """Answers ``/about``, to the one who asked."""

    def __init__(self, models: Callable[[], LoadedModels]) -> None:
        """Take the provider of the models of the moment."""
        self._models = models

    @app_commands.command(name="about", description="Who I am and what I can do")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction) -> None:
        """Tell who speaks here."""
        text = introduction(self._models(), texts_for(AboutTexts, interaction.locale.value))
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())


def introduction(models: LoadedModels, texts: AboutTexts) -> str:
    """Return what the bot is, what it does not do, and below it what its bundle says of itself."""
    head = texts.about.format(version=plain(__version__), provider=models.active_provider)
    provenance = "\n".join(
        small(f"{plain(key)}: {plain(cut(value, 80))}") for key, value in models.bundle.manifest.made.items()
    )
    listed = f"\n{texts.made}\n{provenance}" if provenance else ""
    return f"{head}\n{texts.privacy}{listed}"[:LIMIT]
