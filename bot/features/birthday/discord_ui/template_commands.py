"""``/birthday template`` and ``test``: the group's own words, and how they look, for managers."""

from dataclasses import replace
from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import error_reply
from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.calendar.rules import Birthday, Occurrence, Solar
from bot.features.birthday.delivery.messenger import Wish
from bot.features.birthday.discord_ui.buttons import button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import check_manager, tell, texts_of
from bot.features.birthday.model import BirthdayRecord, Celebrated, GuildSettings
from bot.features.birthday.text import formatting
from bot.features.birthday.text.lists import coming
from bot.features.birthday.text.template import Template, TemplateError, TemplateValues, previews
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import row
from bot.features.interactions import in_time, place_of
from bot.i18n import UserFacingError
from bot.markdown import LIMIT, escaped, small

MOST = 5
_SHOWN = 1000
_SAMPLE_AGE = 27


class TemplateCommands(commands.Cog):
    """``template`` and ``test``."""

    services: BirthdayServices

    @app_commands.command(name="template", description="Managers: your own words for a wish, up to five used in turn")
    @app_commands.describe(number="Which of the five; the next free one by default")
    async def template(
        self, interaction: discord.Interaction, number: app_commands.Range[int, 1, MOST] | None = None
    ) -> None:
        """Bring up the form for one template."""
        server = check_manager(interaction)
        templates = (await self.services.settings.get(server.id)).templates
        at = min(number or len(templates) + 1, len(templates) + 1, MOST)
        before = templates[at - 1] if at <= len(templates) else ""
        await interaction.response.send_modal(TemplateForm(self.services, at, before, texts_of(interaction)))

    @app_commands.command(name="test", description="Managers: preview a wish for your own birthday")
    async def test(self, interaction: discord.Interaction) -> None:
        """Show a wish for who asks, to them alone."""
        server, texts = check_manager(interaction), texts_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)  # a song may take seconds
        settings = await self.services.settings.get(server.id)
        member = await self.services.birthdays.get(server.id, interaction.user.id)
        today = self.services.today(settings)
        if member is None:
            birthday = Birthday(Solar(today.month, today.day))
            member = BirthdayRecord(server.id, interaction.user.id, interaction.user.display_name, birthday, today)
        occurrence = next(
            (celebrated.occurrence for celebrated in coming([member], today)), Occurrence(str(today.year), today)
        )
        wish = Wish("", interaction.channel_id or 0, settings, (Celebrated(member, occurrence),), 0)
        text = await self.services.composer.wish(wish, {member.user_id: interaction.user.display_name}, server.name)
        note = small(texts.test)
        await tell(interaction, f"{text[: LIMIT - 1 - len(note)]}\n{note}")


class TemplateForm(discord.ui.Modal):
    """Where a template is written; an empty one is removed."""

    def __init__(self, services: BirthdayServices, number: int, before: str, texts: BirthdayTexts) -> None:
        super().__init__(title=texts.template_title.format(number=number))
        self._services = services
        self._number = number
        self.text: discord.ui.TextInput[TemplateForm] = discord.ui.TextInput(
            label=texts.template_label,
            custom_id="text",
            style=discord.TextStyle.paragraph,
            placeholder=texts.template_hint,
            default=before or None,
            required=False,
            max_length=4000,
        )
        self.add_item(self.text)

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Show how it looks, or why it cannot be; nothing is saved yet."""
        check_manager(interaction)
        await interaction.client.services.access.check(place_of(interaction))
        with in_time(interaction):
            if not self.text.value.strip():
                await remove_template(interaction, self._services, self._number)
                return
            await offer(interaction, self._services, self._number, self.text.value.strip())

    async def on_error(self, interaction: discord.Interaction, error: Exception) -> None:  # type: ignore[override]
        """Answer through the one door for errors."""
        await error_reply.answer(interaction, error)


async def offer(interaction: discord.Interaction, services: BirthdayServices, number: int, text: str) -> None:
    """Show ``text`` for some names with a button to save it; where it cannot be used, why, and a button to go on.

    The text stands in the message, so that neither a restart nor a slip loses it.
    """
    server, texts = check_manager(interaction), texts_of(interaction)
    settings = await services.settings.get(server.id)
    embed = discord.Embed(title=texts.template_given, description=text)
    again = button("edit", number, label=texts.template_edit)
    sample = _sample_wish(interaction, settings, services.today(settings))
    values = TemplateValues.of(sample, {}, server.name, texts)
    try:
        samples = previews(text, values, *texts.sample_names)
    except TemplateError as error:
        why = f"{formatting.reason(error.reason, error.values, texts)}\n{small(texts.template_again)}"
        await tell(interaction, why, embed=embed, view=row(again))
        return
    if values.age and Template.checked(text).tells_age:
        ageless = Template.checked(text).filled(replace(values, age=""))
        embed.add_field(name=texts.template_ageless, value=_previewed(ageless), inline=False)
    for name, preview in zip((interaction.user.display_name, *texts.sample_names), samples, strict=True):
        embed.add_field(name=texts.template_sample.format(name=escaped(name)), value=_previewed(preview), inline=False)
    save = button("save", number, label=texts.template_save, style=discord.ButtonStyle.success)
    stop = button("keep", label=texts.template_discard)
    await tell(interaction, texts.template_preview.format(number=number), embed=embed, view=row(save, again, stop))


async def save_template(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Keep the template that stands in the message."""
    server, texts, at = check_manager(interaction), texts_of(interaction), int(what) - 1
    text = _written(interaction)
    templates = list((await services.settings.get(server.id)).templates)
    templates[at : at + 1] = [text]
    settings = await services.settings.change(server.id, templates=tuple(templates[:MOST]))
    text = texts.template_saved.format(number=what, count=len(settings.templates))
    await interaction.response.edit_message(content=text, view=None)


async def edit_template(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Bring the form up again with what was written."""
    check_manager(interaction)
    form = TemplateForm(services, int(what), _written(interaction), texts_of(interaction))
    await interaction.response.send_modal(form)


async def remove_template(interaction: discord.Interaction, services: BirthdayServices, number: int) -> None:
    """Remove one template; those after it move up."""
    server = check_manager(interaction)
    templates = list((await services.settings.get(server.id)).templates)
    del templates[number - 1 : number]
    await services.settings.change(server.id, templates=tuple(templates))
    await tell(interaction, texts_of(interaction).template_removed.format(number=number))


def _sample_wish(interaction: discord.Interaction, settings: GuildSettings, today: date) -> Wish:
    """Return a wish for who asks as if they became 27 today."""
    year = today.year - _SAMPLE_AGE + (settings.ages is AgeStyle.COUNTING)
    birthday = Birthday(Solar(today.month, today.day), year)
    user = interaction.user
    record = BirthdayRecord(settings.guild_id, user.id, user.display_name, birthday, today)
    return Wish("", 0, settings, (Celebrated(record, Occurrence(str(today.year), today)),), 0)


def _previewed(message: str) -> str:
    """Return a preview as a field takes it: not endless, and never empty; then the wish is its 🎂 and the mention."""
    return message[:_SHOWN] or "🎂"


def _written(interaction: discord.Interaction) -> str:
    embeds = interaction.message.embeds if interaction.message else []
    text = embeds[0].description if embeds else None
    if not text:
        raise UserFacingError(BirthdayTexts, "template_gone")
    return text
