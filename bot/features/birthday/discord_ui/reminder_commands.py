"""``/birthday remind`` for members and ``reminder-days`` for managers: private notes some days before a birthday.

Both have to want them: the server by choosing how many days before, each member for themselves.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.discord_ui.buttons import MUTE, button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import server_of, tell, texts_of
from bot.features.birthday.discord_ui.settings_commands import change_setting
from bot.features.birthday.model import MOST_REMINDER_DAYS, GuildSettings
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import row
from bot.i18n import UserFacingError, language_of
from bot.markdown import escaped, small


class ReminderCommands(commands.Cog):
    """``remind`` and ``reminder-days``."""

    services: BirthdayServices

    @app_commands.command(name="remind", description="Get a private note some days before others' birthdays")
    async def remind(self, interaction: discord.Interaction) -> None:
        """Note that who asks wants reminders, once a private message has reached them; or that they have them."""
        server, texts = server_of(interaction), texts_of(interaction)
        settings = await self.services.settings.get(server.id)
        off = row(button(MUTE, server.id, label=texts.remind_stop, emoji="🔕"))
        if await self.services.reminders.is_subscribed(server.id, interaction.user.id):
            await tell(interaction, _state(texts.remind_on_already, settings, texts), view=off)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await interaction.user.send(texts.remind_hello.format(server=escaped(server.name)), view=off)
        except discord.Forbidden:
            raise UserFacingError(BirthdayTexts, "remind_closed") from None
        language = language_of(interaction.locale.value)
        await self.services.reminders.subscribe(server.id, interaction.user.id, language)
        self.services.wake()
        await tell(interaction, _state(texts.remind_on, settings, texts))

    @app_commands.command(name="reminder-days", description="Managers: how many days before I remind who wants to be")
    @app_commands.describe(days="Days before a birthday; 0 turns it off")
    async def reminder_days(
        self, interaction: discord.Interaction, days: app_commands.Range[int, 0, MOST_REMINDER_DAYS]
    ) -> None:
        """Set how early reminders go out."""
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"reminder_days": days},
            lambda settings, texts: (
                texts.reminders_set.format(days=settings.reminder_days)
                if settings.reminder_days
                else texts.reminders_off
            ),
        )


async def mute(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Note that who presses wants no reminders of that server any more."""
    guild_id = int(what.partition("-")[0])
    await services.reminders.unsubscribe(guild_id, [interaction.user.id])
    await tell(interaction, texts_of(interaction).remind_stopped)


def reminders_line(settings: GuildSettings, texts: BirthdayTexts, count: int) -> str:
    """Return what a manager reads of reminders in ``check``."""
    if not settings.reminder_days:
        return f"➖ {texts.check_reminders_off}"
    return f"🔔 {texts.check_reminders.format(days=settings.reminder_days, count=count)}"


def _state(sentence: str, settings: GuildSettings, texts: BirthdayTexts) -> str:
    when = texts.remind_when.format(days=settings.reminder_days) if settings.reminder_days else texts.remind_not_yet
    return f"{sentence}\n{small(when)}"
