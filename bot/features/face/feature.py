"""Faces: ``/face`` and the buttons under its pictures."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.features.face.cog import Face
from bot.features.face.photo_views import PhotoButton, PhotoMenu
from bot.features.face.texts import FaceTexts
from bot.features.face.views import COG, FaceButton, ShowFiles
from bot.features.feature import Feature, KeepsNothing
from bot.groups.group import Group, Place, may_have


class FaceFeature(KeepsNothing, Feature):
    """Draws and changes faces, where the bundle has some; a photo is in the bot's own answer."""

    texts = FaceTexts
    buttons = (FaceButton, ShowFiles, PhotoButton, PhotoMenu)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/face`` if a bundle may have faces."""
        groups = self.services.groups
        possible = may_have(groups, lambda models: models.artist)
        return [Face(groups, self.services.workers.pictures, self.services.photos)] if possible else []

    async def smiling_photo(self, place: Place, photo: discord.Attachment) -> bytes | None:
        """Return a photo of one person smiling, where their group has faces that do."""
        cog = self.client.get_cog(COG)
        return await cog.smiling(place, photo) if isinstance(cog, Face) else None

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where there are no faces."""
        return super().in_words(locale, group) if group and group.models.artist else []
