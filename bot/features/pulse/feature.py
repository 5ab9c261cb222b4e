"""The pulse: ``/pulse`` and its buttons."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.pulse.cog import PulseButton, PulseCog
from bot.features.pulse.texts import PulseTexts


class PulseFeature(KeepsNothing, Feature):
    """Shows when a room gets lively, where the bundle has counted it; of members it knows and keeps nothing."""

    texts = PulseTexts
    buttons = (PulseButton,)
    model = "pulse"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/pulse``."""
        return [PulseCog(self.services)]
