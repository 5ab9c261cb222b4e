"""``/about``: who speaks here."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.about.cog import About, MadeButton
from bot.features.about.texts import AboutTexts
from bot.features.feature import Feature, KeepsNothing


class AboutFeature(KeepsNothing, Feature):
    """Introduces the bot."""

    texts = AboutTexts
    buttons = (MadeButton,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/about``."""
        return [About(self.services.groups, self.client.tree)]
