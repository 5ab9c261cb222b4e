"""Faces: ``/face`` and the buttons under its pictures."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.face.cog import Face
from bot.features.face.photo_views import PhotoButton, PhotoMenu
from bot.features.face.texts import FaceTexts
from bot.features.face.views import FaceButton, ShowFiles
from bot.features.feature import Feature, KeepsNothing


class FaceFeature(KeepsNothing, Feature):
    """Draws and changes faces, where the bundle has some; a photo is in the bot's own answer."""

    texts = FaceTexts
    buttons = (FaceButton, ShowFiles, PhotoButton, PhotoMenu)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/face`` if the bundle has faces."""
        services = self.services
        if services.models().artist is None:
            return []
        return [Face(services.models, services.workers.pictures, for_asker_only=services.face_buttons == "asker")]

    def in_words(self, locale: str) -> Sequence[str]:
        """Return what is kept; nothing where there are no faces."""
        return super().in_words(locale) if self.services.models().artist is not None else []
