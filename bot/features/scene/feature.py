"""Scenes: ``/scene`` and its buttons."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.scene.cog import Again, GoOn, Scene
from bot.features.scene.texts import SceneTexts


class SceneFeature(KeepsNothing, Feature):
    """Invents dialogues, where the bundle can; a request is in the buttons under a scene, the scene in its message."""

    texts = SceneTexts
    buttons = (Again, GoOn)
    model = "scenes"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/scene``."""
        return [Scene(self.services, self.client)]
