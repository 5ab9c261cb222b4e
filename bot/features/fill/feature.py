"""Blanks: ``/fill`` and its 🔁."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.fill.cog import Again, Fill
from bot.features.fill.texts import FillTexts


class FillFeature(KeepsNothing, Feature):
    """Fills blanks, where the bundle can; a request is in the button under its answer."""

    texts = FillTexts
    buttons = (Again,)
    model = "filler"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/fill``."""
        return [Fill(self.services, self.client)]
