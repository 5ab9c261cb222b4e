"""Words: ``/say`` and its 🔁."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.say.cog import Again, Say
from bot.features.say.texts import SayTexts


class SayFeature(KeepsNothing, Feature):
    """Continues words; a request is in the button under its answer."""

    texts = SayTexts
    buttons = (Again,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/say``."""
        return [Say(self.services.models, self.services.workers.words, self.services.temperature)]
