"""A feature as somebody would write the next one: a folder, and a line in the registry."""

import re
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.feature import Feature, KeepsNothing
from bot.i18n import UserFacingError, texts_for
from tests.bot.features.echo.texts import EchoTexts


class Echo(commands.Cog):
    """Answers ``/echo``."""

    @app_commands.command(name="echo", description="Say it again")
    @app_commands.describe(word="What to say")
    async def echo(self, interaction: discord.Interaction, word: str) -> None:
        """Say a word again."""
        if not word.strip():
            raise UserFacingError(EchoTexts, "nothing")
        said = texts_for(EchoTexts, interaction.locale.value).echo.format(word=word)
        await interaction.response.send_message(said, view=row(AgainButton(f"echo:{word}", emoji="🔁")))


class AgainButton(StatefulButton, template=re.compile("echo:(?P<word>.+)")):
    """Says it once more."""

    cog_name = "Echo"

    async def press(self, interaction: discord.Interaction[Any], cog: Echo) -> None:
        """Say it once more."""
        await interaction.response.send_message(self.custom_id.partition(":")[2])


class EchoFeature(KeepsNothing, Feature):
    """Says again what was said."""

    texts = EchoTexts
    buttons = (AgainButton,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/echo``."""
        return [Echo()]
