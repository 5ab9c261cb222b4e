"""The pulse: ``/pulse`` and its buttons."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.pulse.cog import PulseButton, PulseCog
from bot.features.pulse.texts import PulseTexts
from bot.groups.group import Group, may_have


class PulseFeature(KeepsNothing, Feature):
    """Shows when a room gets lively, where the bundle has counted it; of members it knows and keeps nothing."""

    texts = PulseTexts
    buttons = (PulseButton,)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/pulse`` if a bundle may have one."""
        possible = may_have(self.services.groups, lambda models: models.pulse)
        return [PulseCog(self.services)] if possible else []

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is known; nothing where nothing was counted."""
        return super().in_words(locale, group) if group and group.models.pulse else []
