"""Replies to a birthday command: in the member's language, to them alone, and calling nobody."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import discord
from discord.utils import MISSING

from bot.features.birthday.errors import BirthdayError
from bot.features.birthday.text import formatting
from bot.features.birthday.texts import BirthdayTexts
from bot.features.interactions import check_manages_server
from bot.i18n import UserFacingError, texts_for


def texts_of(interaction: discord.Interaction) -> BirthdayTexts:
    """Return the texts of who asks."""
    return texts_for(BirthdayTexts, interaction.locale.value)


async def tell(  # noqa: PLR0913 - what an answer has, each by its name
    interaction: discord.Interaction,
    text: str,
    *,
    ephemeral: bool = True,
    view: discord.ui.View | None = None,
    embed: discord.Embed | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Answer, or finish the answer that was put off; only who asked sees it, unless told otherwise."""
    if interaction.response.is_done():
        await interaction.edit_original_response(content=text, view=view, embed=embed, attachments=files)
        return
    await interaction.response.send_message(
        text,
        ephemeral=ephemeral,
        view=view or MISSING,
        embed=embed or MISSING,
        files=files or MISSING,
        suppress_embeds=embed is None,
    )


def server_of(interaction: discord.Interaction) -> discord.Guild:
    """Return the server that the command was given on.

    Raises:
        UserFacingError: it was given elsewhere, or the bot is not on it.
    """
    if interaction.guild is None or interaction.guild.me is None:
        raise UserFacingError(BirthdayTexts, "not_here")
    return interaction.guild


def check_manager(interaction: discord.Interaction) -> discord.Guild:
    """Return the server that who asks may manage.

    Raises:
        UserFacingError: they may not.
    """
    check_manages_server(interaction)
    return server_of(interaction)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what cannot be into the sentence that says so."""
    try:
        yield
    except BirthdayError as error:
        raise formatting.RefusalError(error) from None
