"""The 🎂 under a wish: who presses it is counted in, once."""

import discord

from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.discord_messenger import join_button
from bot.features.birthday.discord_ui.replies import server_of, tell, texts_of
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import row
from bot.i18n import texts_for


async def join(interaction: discord.Interaction, services: BirthdayServices, nonce: str) -> None:
    """Count who pressed in, and show how many joined; who pressed before is told so."""
    count, is_new = await services.celebrants.join(nonce, interaction.user.id)
    if not is_new:
        texts = texts_of(interaction)
        await tell(interaction, texts.joined_already if count else texts.joined_too_late)
        return
    settings = await services.settings.get(server_of(interaction).id)
    view = row(join_button(nonce, texts_for(BirthdayTexts, settings.language), count))
    await interaction.response.edit_message(view=view)
