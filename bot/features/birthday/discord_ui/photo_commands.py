"""``/birthday photo``: a member's own photo, smiling or painted, for their own wish; nobody else's, and by nobody else.

It is shown to them alone as it will look, and kept only once they press so: until then it is in the bot's own answer
and nowhere else. A photo of several is refused: the others have not agreed.
"""

import io

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.discord_ui.buttons import KEEP_PHOTO, REMOVE_PHOTO, button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import server_of, tell, texts_of
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import StatefulButton, row
from bot.features.interactions import place_of
from bot.i18n import UserFacingError
from bot.markdown import small

_NAME = "birthday.jpg"
_MOST_BYTES = 1024 * 1024


class PhotoCommands(commands.Cog):
    """``photo``."""

    services: BirthdayServices

    @app_commands.command(name="photo", description="Your own photo, smiling or painted, for your birthday wish")
    @app_commands.describe(
        photo="A photo of you alone; without one I show what I have",
        painted="Painted in a style of /style instead of smiling",
    )
    async def photo(
        self, interaction: discord.Interaction, photo: discord.Attachment | None = None, painted: str | None = None
    ) -> None:
        """Show how a photo would look, or the one that is kept, to whose it is alone."""
        server, texts = server_of(interaction), texts_of(interaction)
        if await self.services.birthdays.get(server.id, interaction.user.id) is None:
            raise UserFacingError(BirthdayTexts, "none_of_yours")
        await interaction.response.defer(ephemeral=True, thinking=True)
        if photo is None:
            await _show_kept(interaction, self.services, server.id, texts)
            return
        place = place_of(interaction)
        if painted:
            jpeg = await self.services.paint(place, photo, painted, interaction.locale.value)
        else:
            jpeg = await self.services.smile(place, photo)
        if jpeg is None:
            raise UserFacingError(BirthdayTexts, "painting_impossible" if painted else "photo_impossible")
        yes = button(
            KEEP_PHOTO, interaction.user.id, label=texts.photo_keep, emoji="🎂", style=discord.ButtonStyle.success
        )
        no = button("keep", label=texts.keep)
        await _picture(interaction, f"{texts.photo_shown}\n{small(texts.photo_terms)}", jpeg, texts, yes, no)


async def keep_photo(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Keep the picture that stands in the message.

    Raises:
        UserFacingError: it is somebody else's, or cannot be fetched any more.
    """
    server, texts = server_of(interaction), texts_of(interaction)
    if int(what) != interaction.user.id:
        raise UserFacingError(BirthdayTexts, "photo_not_yours")
    await interaction.response.defer()
    attached = interaction.message.attachments if interaction.message else []
    picture = next((each for each in attached if each.filename == _NAME and each.size <= _MOST_BYTES), None)
    try:
        jpeg = await picture.read() if picture else b""
    except (discord.HTTPException, aiohttp.ClientError):
        jpeg = b""
    if not jpeg:
        raise UserFacingError(BirthdayTexts, "photo_gone")
    await services.photos.keep(server.id, interaction.user.id, jpeg, services.clock.now())
    off = button(REMOVE_PHOTO, label=texts.photo_remove, style=discord.ButtonStyle.danger)
    await interaction.edit_original_response(content=texts.photo_kept, view=row(off))


async def remove_photo(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Delete one's own picture."""
    del what
    was_there = await services.photos.remove(server_of(interaction).id, interaction.user.id)
    texts = texts_of(interaction)
    text = texts.photo_removed if was_there else texts.photo_none
    await interaction.response.edit_message(content=text, view=None, attachments=[])


async def _show_kept(
    interaction: discord.Interaction, services: BirthdayServices, guild_id: int, texts: BirthdayTexts
) -> None:
    pictures = await services.photos.of(guild_id, [interaction.user.id])
    if not pictures:
        await tell(interaction, texts.photo_none)
        return
    off = button(REMOVE_PHOTO, label=texts.photo_remove, style=discord.ButtonStyle.danger)
    await _picture(interaction, texts.photo_now, pictures[interaction.user.id], texts, off)


async def _picture(
    interaction: discord.Interaction, text: str, jpeg: bytes, texts: BirthdayTexts, *buttons: StatefulButton
) -> None:
    file = discord.File(io.BytesIO(jpeg), _NAME, description=texts.photo_alt)
    await tell(interaction, text, files=[file], view=row(*buttons))
