"""Answers that only who asked sees, shown to everybody: the pictures alone, not the photo that presses begin with."""

import discord

from bot.features.attachments import ORIGINAL, attached, file, pictures
from bot.i18n import UserFacingError
from bot.markdown import small
from bot.photo_intake.intake import MOST_PRESSES, PhotoIntake
from bot.photo_intake.texts import PhotoTexts


def original_of(message: discord.Message | None, name: str = ORIGINAL) -> discord.Attachment:
    """Return the photo that every press begins with.

    Raises:
        UserFacingError: it is not in the message any more.
    """
    photo = attached(message, name)
    if photo is None:
        raise UserFacingError(PhotoTexts, "photo_gone")
    return photo


async def show(interaction: discord.Interaction, intake: PhotoIntake, below: str) -> None:
    """Show the pictures of a message as they are, under its first line; ``below`` says what ``{who}`` shows.

    Raises:
        UserFacingError: they cannot be fetched any more.
        Busy: too many are asking at once.
    """
    message = interaction.message
    await interaction.response.defer()
    shown = pictures(message.attachments) if message else []
    if message is None or not shown:
        raise UserFacingError(PhotoTexts, "photo_gone")
    data = await intake.fetched(interaction.user.id, shown, MOST_PRESSES)
    files = [file(content, each.filename, each.description or "") for content, each in zip(data, shown, strict=True)]
    first_line = message.content.partition("\n")[0]
    content = f"{first_line}\n{small(below.format(who=f'<@{interaction.user.id}>'))}"
    await interaction.followup.send(content, files=files)
