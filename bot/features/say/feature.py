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
        services = self.services
        return [Say(services.models, services.workers.words, services.temperature, self.client.refused_lines)]
