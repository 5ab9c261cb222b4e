"""``/birthday set``, ``show``, ``remove``, ``list`` and ``export``: what every member may do."""

import asyncio
import io
from dataclasses import replace
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.calendar.parsing import read_date
from bot.features.birthday.calendar.rules import Birthday, LeapDay, within
from bot.features.birthday.discord_ui.buttons import button, under_wish
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.members import members_by_id
from bot.features.birthday.discord_ui.replies import check_manager, refusals, server_of, tell, texts_of
from bot.features.birthday.exchange.csv_file import sheet_of_records
from bot.features.birthday.exchange.ics import calendar_of_records
from bot.features.birthday.model import BirthdayRecord, GuildSettings
from bot.features.birthday.text import formatting, lists
from bot.features.birthday.texts import BirthdayTexts
from bot.features.birthday.upcoming import next_of
from bot.features.buttons import row
from bot.i18n import UserFacingError, texts_for
from bot.markdown import escaped, small

LEAP_DAYS = [
    app_commands.Choice(name="28 February", value=LeapDay.FEB_28.value),
    app_commands.Choice(name="1 March", value=LeapDay.MAR_1.value),
]
_LONGEST_DATE = 50


class MemberCommands(commands.Cog):
    """The commands of every member."""

    services: BirthdayServices

    @app_commands.command(name="set", description="Tell me your birthday")
    @app_commands.describe(
        date="3/5, 2000-03-05, lunar 5/3, lunar leap 5/3",
        leap_day="Born on 29 February: the day in other years",
        hide_year="Hide the year and age; no reminders, gathered wishes or events",
    )
    @app_commands.rename(leap_day="leap-day", hide_year="hide-year")
    @app_commands.choices(leap_day=LEAP_DAYS)
    async def set(
        self,
        interaction: discord.Interaction,
        date: app_commands.Range[str, 1, _LONGEST_DATE],
        leap_day: str | None = None,
        hide_year: bool | None = None,
    ) -> None:
        """Keep who asks' birthday."""
        server_of(interaction)
        await set_birthday(interaction, self.services, interaction.user, date, leap_day, hide_year)

    @app_commands.command(name="show", description="Show your birthday, or a friend's")
    @app_commands.describe(who="Whose birthday")
    async def show(self, interaction: discord.Interaction, who: discord.Member | None = None) -> None:
        """Show one birthday."""
        whose, texts = who or interaction.user, texts_of(interaction)
        is_own = whose.id == interaction.user.id
        record = await self.services.birthdays.get(server_of(interaction).id, whose.id)
        if record is None:
            await tell(interaction, texts.none_of_yours if is_own else texts.none_of.format(name=_name(whose)))
            return
        if record.left_at is not None:
            # Whoever is seen here is back.
            await self.services.birthdays.note_present(record.guild_id, whose.id)
        settings = await self.services.settings.get(record.guild_id)
        await tell(interaction, _profile(record, settings, self.services, texts, is_own=is_own))

    @app_commands.command(name="remove", description="Forget your birthday; asks first")
    @app_commands.describe(who="Whose birthday; another's only if you manage the server")
    async def remove(self, interaction: discord.Interaction, who: discord.Member | None = None) -> None:
        """Ask whether to forget a birthday."""
        whose, texts = who or interaction.user, texts_of(interaction)
        server = server_of(interaction) if whose.id == interaction.user.id else check_manager(interaction)
        record = await self.services.birthdays.get(server.id, whose.id)
        if record is None:
            await tell(interaction, texts.removed_already)
            return
        question = texts.ask_remove.format(name=_name(whose), rule=formatting.rule(record.birthday.rule, texts))
        yes = button("remove", whose.id, label=texts.remove, style=discord.ButtonStyle.danger)
        await tell(interaction, question, view=row(yes, button("keep", label=texts.keep)))

    @app_commands.command(name="list", description="Upcoming birthdays")
    async def list(self, interaction: discord.Interaction) -> None:
        """Show the coming birthdays to everybody, by pages."""
        text, view = await list_page(self.services, server_of(interaction), 0, texts_of(interaction))
        await tell(interaction, text, ephemeral=False, view=view)

    @app_commands.command(name="export", description="All birthdays as a file")
    @app_commands.describe(format="A table, or a calendar for Google and Apple")
    @app_commands.choices(
        format=[
            app_commands.Choice(name="Table (CSV)", value="csv"),
            app_commands.Choice(name="Calendar (ICS)", value="ics"),
        ]
    )
    async def export(self, interaction: discord.Interaction, format: Literal["csv", "ics"] = "csv") -> None:  # noqa: A002 - the option's name
        """Give all birthdays as a file."""
        server, texts = server_of(interaction), texts_of(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        records = await self.services.birthdays.of_guild(server.id)
        if not records:
            await tell(interaction, texts.nobody_yet)
            return
        here = await members_by_id(server, (record.user_id for record in records))
        records = tuple(
            replace(record, name=here[record.user_id].display_name) for record in records if record.user_id in here
        )
        if format == "ics":
            today = self.services.today(await self.services.settings.get(server.id))
            now = self.services.clock.now()
            data = await asyncio.to_thread(calendar_of_records, records, server.name, now, today, texts)
        else:
            data = sheet_of_records(records)
        lines = [texts.exported.format(count=len(records))]
        lines += [small(texts.export_hidden)] if any(record.birthday.hidden for record in records) else []
        await tell(interaction, "\n".join(lines), files=[discord.File(io.BytesIO(data), f"birthdays.{format}")])


async def set_birthday(  # noqa: PLR0913, PLR0917 - the options of the command
    interaction: discord.Interaction,
    services: BirthdayServices,
    whose: discord.Member | discord.User,
    date: str,
    leap_day: str | None,
    hide_year: bool | None,
) -> None:
    """Keep ``whose`` birthday and say so.

    Raises:
        UserFacingError: the date cannot be.
    """
    server, texts = server_of(interaction), texts_of(interaction)
    if whose.bot:
        raise UserFacingError(BirthdayTexts, "no_bots")
    settings, before = await services.settings.get(server.id), await services.birthdays.get(server.id, whose.id)
    today = services.today(settings)
    with refusals():
        birthday = read_date(date, today).birthday(today, LeapDay(leap_day or LeapDay.FEB_28))
    was_hidden = before is not None and before.birthday.hidden
    birthday = replace(birthday, hidden=was_hidden if hide_year is None else hide_year)
    record = await services.birthdays.set(server.id, whose.id, whose.display_name, birthday)
    lines = [_set(record, before, texts), *_after(record, settings, services, texts)]
    await tell(interaction, "\n".join(lines))


async def list_page(
    services: BirthdayServices, server: discord.Guild, page: int, texts: BirthdayTexts
) -> tuple[str, discord.ui.View | None]:
    """Return a page of the coming birthdays, the first for one too low and the last for one too high."""
    settings, records = await services.settings.get(server.id), await services.birthdays.of_guild(server.id)
    coming = lists.coming(records, services.today(settings))
    if not coming:
        return texts.nobody_yet, None
    pages = lists.pages(len(coming))
    page = min(max(page, 0), pages - 1)
    text = lists.page(coming, page, settings, services.today(settings), texts)
    if pages == 1:
        return text, None
    back = button("page", page - 1, emoji="◀️", disabled=page == 0)
    return text, row(back, button("page", page + 1, emoji="▶️", disabled=page == pages - 1))


async def turn_page(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Show another page in the same message."""
    text, view = await list_page(services, server_of(interaction), int(what), texts_of(interaction))
    await interaction.response.edit_message(content=text, view=view)


async def whole_list(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Show the list to who pressed under a digest."""
    del what
    text, view = await list_page(services, server_of(interaction), 0, texts_of(interaction))
    await tell(interaction, text, view=view)


async def join(interaction: discord.Interaction, services: BirthdayServices, nonce: str) -> None:
    """Count who pressed the 🎂 under a wish, once, and show how many joined; who pressed before is told so."""
    count, is_new = await services.celebrants.join(nonce, interaction.user.id)
    if not is_new:
        texts = texts_of(interaction)
        await tell(interaction, texts.joined_already if count else texts.joined_too_late)
        return
    settings = await services.settings.get(server_of(interaction).id)
    texts, letters = texts_for(BirthdayTexts, settings.language), await services.letters.count(nonce)
    await interaction.response.edit_message(view=under_wish(nonce, texts, count, letters))


async def remove(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Forget the birthday that was asked about."""
    server = server_of(interaction) if int(what) == interaction.user.id else check_manager(interaction)
    was_there = await services.birthdays.remove(server.id, int(what))
    texts = texts_of(interaction)
    await interaction.response.edit_message(content=texts.removed if was_there else texts.removed_already, view=None)


async def keep(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Cancel: change nothing."""
    del services, what
    await interaction.response.edit_message(content=texts_of(interaction).kept, view=None, embeds=[], attachments=[])


def _set(record: BirthdayRecord, before: BirthdayRecord | None, texts: BirthdayTexts) -> str:
    name, now = escaped(record.name), formatting.birthday(record.birthday, texts, to_all=False)
    if before is None or _is_same(before.birthday, record.birthday):
        return texts.set.format(name=name, rule=now)
    return texts.changed.format(name=name, rule=now, before=formatting.birthday(before.birthday, texts, to_all=False))


def _is_same(before: Birthday, now: Birthday) -> bool:
    return (before.rule, before.year) == (now.rule, now.year)


def _after(
    record: BirthdayRecord, settings: GuildSettings, services: BirthdayServices, texts: BirthdayTexts
) -> list[str]:
    lines = [_next(record, services, settings, texts)]
    if record.birthday.hidden and record.birthday.year:
        lines.append(small(texts.hidden_year))
    if settings.channel_id is None:
        lines.append(small(texts.no_channel_yet))
    return lines


def _profile(
    record: BirthdayRecord, settings: GuildSettings, services: BirthdayServices, texts: BirthdayTexts, *, is_own: bool
) -> str:
    rule = formatting.birthday(record.birthday, texts, to_all=not is_own)
    lines = [texts.shown.format(name=escaped(record.name), rule=rule), _next(record, services, settings, texts)]
    if is_own and record.birthday.hidden:
        lines.append(small(texts.hidden_year))
    return "\n".join(lines)


def _next(record: BirthdayRecord, services: BirthdayServices, settings: GuildSettings, texts: BirthdayTexts) -> str:
    """Return which wish is the next, and which day is left out because one was sent shortly before."""
    today = services.today(settings)
    coming = next_of(record, today)
    if coming is None:
        return lists.end_of_tables(texts)
    notes = formatting.notes(coming.occurrence, texts)
    line = texts.next.format(date=formatting.day(coming.occurrence.date, texts)) + (f" ({notes})" if notes else "")
    before = [celebrated.date for celebrated in within(record.birthday.rule, today, coming.occurrence.date)][:-1]
    left_out = [formatting.day(day, texts) for day in before if not record.is_wished_on(day)]
    return "\n".join([line, *(small(texts.rested.format(date=day)) for day in left_out)])


def _name(person: discord.Member | discord.User) -> str:
    return escaped(person.display_name)
