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

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/fill`` if the bundle has a network for it."""
        return [] if self.services.models().filler is None else [Fill(self.services, self.client)]

    def in_words(self, locale: str) -> Sequence[str]:
        """Return what is kept; nothing where blanks cannot be filled."""
        return super().in_words(locale) if self.services.models().filler is not None else []
