"""Scenes: ``/scene`` and its buttons."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.scene.cog import Again, GoOn, Scene
from bot.features.scene.texts import SceneTexts
from bot.groups.group import Group, may_have


class SceneFeature(KeepsNothing, Feature):
    """Invents dialogues, where the bundle can; a request is in the buttons under a scene, the scene in its message."""

    texts = SceneTexts
    buttons = (Again, GoOn)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/scene`` if a bundle may have a network for it."""
        possible = may_have(self.services.groups, lambda models: models.scenes)
        return [Scene(self.services, self.client)] if possible else []

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where no scenes are invented."""
        return super().in_words(locale, group) if group and group.models.scenes else []
