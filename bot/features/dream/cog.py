"""``/dream``, “Let it dream” in the context menu of messages, and the buttons under a dream, on Discord."""

from functools import partial
from re import Match
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.attachments import first_picture
from bot.features.commands import MessageMenu, everywhere
from bot.features.dream.rendering import dreamt, fallen
from bot.features.dream.request import after, of_button
from bot.features.dream.texts import DreamTexts
from bot.features.dream.views import (
    COG,
    animation,
    buttons,
    caption,
    falling_caption,
    original,
    picture,
    show_button,
)
from bot.features.feature import Services
from bot.features.interactions import place_of
from bot.features.showing import original_of, show
from bot.i18n import UserFacingError, texts_for
from bot.inference.dreamer import Dream, Dreamer
from bot.photo_intake.intake import MOST_PRESSES


class Dreams(MessageMenu, commands.Cog, name=COG):
    """Dreams of pictures, for whoever asks alone to see, and to show."""

    def __init__(self, services: Services, tree: app_commands.CommandTree[Any]) -> None:
        """Take the groups and the way in for photos, and the tree to which the context menu's command is added."""
        self._groups = services.groups
        self._photos = services.photos
        super().__init__(tree, "Let it dream", self.dream_of_message)

    @app_commands.command(name="dream", description="Let a model dream of your picture")
    @app_commands.describe(photo="Any picture; only you see the answer", depth="How deep the dream is")
    @app_commands.choices(
        depth=[
            app_commands.Choice(name="Waves", value="wave"),
            app_commands.Choice(name="Eyes", value="eye"),
            app_commands.Choice(name="Dream", value="dream"),
        ]
    )
    @everywhere
    async def dream(
        self, interaction: discord.Interaction, photo: discord.Attachment, depth: str = Dream().depth
    ) -> None:
        """Dream of a photo."""
        await self._answer(interaction, photo, Dream(depth))

    async def dream_of_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Dream of the picture in a message, whoever's it is: who asks can see it, and they alone see the dream.

        Raises:
            UserFacingError: there is none.
        """
        photo = first_picture(message.attachments)
        if photo is None:
            raise UserFacingError(DreamTexts, "no_picture")
        await self._answer(interaction, photo, Dream())

    async def press(self, interaction: discord.Interaction[Any], match: Match[str]) -> None:
        """Do what the button with the custom id ``match`` is for.

        Raises:
            UserFacingError: the photo cannot be read back, or a group cannot dream.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        dream = of_button(match)
        if match["act"] == "show":
            await show(interaction, self._photos, texts_for(DreamTexts, interaction.locale.value).shown_by)
        elif match["act"] == "fall":
            await self._fall(interaction, dream)
        else:
            await self._dream_again(interaction, after(dream, match["act"]))

    async def _answer(self, interaction: discord.Interaction, photo: discord.Attachment, dream: Dream) -> None:
        dreamer, texts = await self._dreamer(interaction), texts_for(DreamTexts, interaction.locale.value)
        await interaction.response.defer(ephemeral=True, thinking=True)
        result = await self._photos.made_in_steps(interaction.user.id, [photo], partial(dreamt, dreamer, dream=dream))
        files = [picture(result.picture, dream, texts), original(result.original, texts)]
        await interaction.followup.send(caption(dream, texts), files=files, view=buttons(dream, texts), ephemeral=True)

    async def _dream_again(self, interaction: discord.Interaction, dream: Dream) -> None:
        dreamer, texts = await self._dreamer(interaction), texts_for(DreamTexts, interaction.locale.value)
        await interaction.response.defer()
        photo, make = original_of(interaction.message), partial(dreamt, dreamer, dream=dream)
        result = await self._photos.made_in_steps(interaction.user.id, [photo], make, MOST_PRESSES)
        # The photo stays the file that it is, also for another press that is on its way.
        files: list[discord.Attachment | discord.File] = [picture(result.picture, dream, texts), photo]
        await interaction.edit_original_response(
            content=caption(dream, texts), attachments=files, view=buttons(dream, texts)
        )

    async def _fall(self, interaction: discord.Interaction, dream: Dream) -> None:
        dreamer, texts = await self._dreamer(interaction), texts_for(DreamTexts, interaction.locale.value)
        await interaction.response.defer(ephemeral=True, thinking=True)
        photo, make = original_of(interaction.message), partial(fallen, dreamer, dream=dream)
        moving = await self._photos.made_in_steps(interaction.user.id, [photo], make, MOST_PRESSES)
        await interaction.followup.send(
            falling_caption(dream, texts),
            file=animation(moving, dream, texts),
            view=show_button(dream, texts),
            ephemeral=True,
        )

    async def _dreamer(self, interaction: discord.Interaction) -> Dreamer:
        """Return what dreams at a place.

        Raises:
            UserFacingError: nobody answers there, or their bundle has no dreams.
        """
        dreamer = (await self._groups.at(place_of(interaction))).models.dreamer
        if dreamer is None:
            raise UserFacingError(DreamTexts, "no_dreams")
        return dreamer
