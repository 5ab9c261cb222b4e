"""Blanks: ``/fill`` and its 🔁."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.fill.cog import Again, Fill
from bot.features.fill.texts import FillTexts
from bot.groups.group import Group, may_have


class FillFeature(KeepsNothing, Feature):
    """Fills blanks, where the bundle can; a request is in the button under its answer."""

    texts = FillTexts
    buttons = (Again,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/fill`` if a bundle may have a network for it."""
        possible = may_have(self.services.groups, lambda models: models.filler)
        return [Fill(self.services, self.client)] if possible else []

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where blanks cannot be filled."""
        return super().in_words(locale, group) if group and group.models.filler else []
