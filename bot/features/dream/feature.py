"""The dream feature: ``/dream``, “Let it dream”, and the buttons under a dream."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.dream.cog import Dreams
from bot.features.dream.texts import DreamTexts
from bot.features.dream.views import DreamButton
from bot.features.feature import Feature, KeepsNothing
from bot.groups.group import Group, may_have


class DreamFeature(KeepsNothing, Feature):
    """Dreams of pictures, where the bundle can; a photo is in the bot's own answer."""

    texts = DreamTexts
    buttons = (DreamButton,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/dream`` if a bundle may have dreams."""
        possible = may_have(self.services.groups, lambda models: models.dreamer)
        return [Dreams(self.services, self.client.tree)] if possible else []

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where there are no dreams."""
        return super().in_words(locale, group) if group and group.models.dreamer else []
