"""Faces: ``/face`` and the buttons under its pictures."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.features.face.cog import Face
from bot.features.face.photo_views import PhotoButton, PhotoMenu
from bot.features.face.texts import FaceTexts
from bot.features.face.views import COG, FaceButton, ShowFiles
from bot.features.feature import Feature, KeepsNothing
from bot.groups.group import Place


class FaceFeature(KeepsNothing, Feature):
    """Draws and changes faces, where the bundle has some; a photo is in the bot's own answer."""

    texts = FaceTexts
    buttons = (FaceButton, ShowFiles, PhotoButton, PhotoMenu)
    model = "artist"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/face``."""
        return [Face(self.services.groups, self.services.workers.pictures, self.services.photos)]

    async def smiling_photo(self, place: Place, photo: discord.Attachment) -> bytes | None:
        """Return a photo of one person smiling, where their group has faces that do."""
        cog = self.client.get_cog(COG)
        return await cog.smiling(place, photo) if isinstance(cog, Face) else None
