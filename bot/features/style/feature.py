"""Paintings: ``/style``, “As a painting”, and the buttons under what they make."""

from collections.abc import Sequence

import discord
from discord.ext import commands

from bot.features.feature import Feature, KeepsNothing
from bot.features.style.cog import Style
from bot.features.style.texts import StyleTexts
from bot.features.style.views import COG, StyleButton, StyleMenu
from bot.groups.group import Place


class StyleFeature(KeepsNothing, Feature):
    """Paints photos, where the bundle has styles; a photo is in the bot's own answer."""

    texts = StyleTexts
    buttons = (StyleButton, StyleMenu)
    model = "painter"

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/style``."""
        return [Style(self.services, self.client.tree)]

    async def styled_photo(self, place: Place, photo: discord.Attachment, style: str, locale: str) -> bytes | None:
        """Return a photo of one person painted, where their group has styles."""
        cog = self.client.get_cog(COG)
        return await cog.styled(place, photo, style, locale) if isinstance(cog, Style) else None
