"""The dream feature: ``/dream``, “Let it dream”, and the buttons under a dream."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.dream.cog import Dreams
from bot.features.dream.texts import DreamTexts
from bot.features.dream.views import DreamButton
from bot.features.feature import Feature, KeepsNothing


class DreamFeature(KeepsNothing, Feature):
    """Dreams of pictures, where the bundle can; a photo is in the bot's own answer."""

    texts = DreamTexts
    buttons = (DreamButton,)
    model = "dreamer"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/dream``."""
        return [Dreams(self.services, self.client.tree)]
