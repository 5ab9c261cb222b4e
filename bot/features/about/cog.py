"""``/about`` on Discord."""

import re
from collections.abc import Callable, Collection
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.features.about.texts import AboutTexts
from bot.features.buttons import StatefulButton, row
from bot.i18n import texts_for
from bot.inference.models import LoadedModels
from bot.markdown import LIMIT, cut, plain, small

COG = "About"
_MADE = re.compile(r"about:made")
_MOST = 3
"""Lines on what one can do: whoever has ten seconds reads no more."""


class About(commands.Cog, name=COG):
    """Answers ``/about``, to the one who asked."""

    def __init__(self, models: Callable[[], LoadedModels], tree: app_commands.CommandTree[Any]) -> None:
        """Take the provider of the models of the moment, and the tree of all commands."""
        self._models = models
        self._tree = tree

    @app_commands.command(name="about", description="Who I am and what I can do")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction) -> None:
        """Tell who speaks here, and what one can do."""
        texts = texts_for(AboutTexts, interaction.locale.value)
        known = {command.name for command in self._tree.get_commands()}
        button = MadeButton(_MADE.pattern, emoji="🔧", label=texts.show_made)
        await _tell(interaction, introduction(self._models(), known, texts), row(button))

    async def tell_made(self, interaction: discord.Interaction) -> None:
        """Tell what the bundle says of itself."""
        await _tell(interaction, provenance(self._models(), texts_for(AboutTexts, interaction.locale.value)), row())


class MadeButton(StatefulButton, template=_MADE):
    """🔧, behind which the build data is."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: About) -> None:
        """Show it to the one who asks."""
        await cog.tell_made(interaction)


def introduction(models: LoadedModels, known: Collection[str], texts: AboutTexts) -> str:
    """Return what the bot is, what one can do with it, by the commands that are ``known``, and what it does not do."""
    artist = models.artist
    # The command stays when a bundle without faces follows one with them.
    lacking = {"photo", "face"} if artist is None else {"face"} if artist.takes_photos else {"photo"}
    can = {*known, "photo"} - lacking
    pitches = [pitch for command, pitch in texts.pitches.items() if command in can]
    return "\n".join([texts.about, *pitches[:_MOST], small(texts.privacy)])[:LIMIT]


def provenance(models: LoadedModels, texts: AboutTexts) -> str:
    """Return the version, what it runs on, and what the bundle was made from."""
    made = [f"{plain(key)}: {plain(cut(value, 80))}" for key, value in models.bundle.manifest.made.items()]
    return "\n".join([texts.made.format(version=plain(__version__), provider=models.active_provider), *made])[:LIMIT]


async def _tell(interaction: discord.Interaction, text: str, view: discord.ui.View) -> None:
    nobody = discord.AllowedMentions.none()
    await interaction.response.send_message(text, view=view, ephemeral=True, allowed_mentions=nobody)
