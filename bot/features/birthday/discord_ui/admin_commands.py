"""``/birthday check``, ``plan`` and ``set-for``: is all well, what comes, and for whom; for managers."""

import io
from collections.abc import Iterable
from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.discord_ui import permissions
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.member_commands import LEAP_DAYS, set_birthday
from bot.features.birthday.discord_ui.reminder_commands import reminders_line
from bot.features.birthday.discord_ui.replies import check_manager, tell, texts_of
from bot.features.birthday.discord_ui.server_events import why_no_event
from bot.features.birthday.discord_ui.settings_commands import clock_of
from bot.features.birthday.model import About, BirthdayRecord, GuildSettings
from bot.features.birthday.storage.problems import Problem
from bot.features.birthday.text import formatting, lists
from bot.features.birthday.texts import BirthdayTexts
from bot.features.birthday.upcoming import AHEAD, upcoming
from bot.markdown import LIMIT, escaped

_DAMAGED_SHOWN = 20


class AdminCommands(commands.Cog):
    """``check``, ``plan`` and ``set-for``."""

    services: BirthdayServices

    @app_commands.command(name="check", description="Managers: check that everything is set up")
    async def check(self, interaction: discord.Interaction) -> None:
        """Say what is well and what is not, and what comes next."""
        server, texts = check_manager(interaction), texts_of(interaction)
        settings = await self.services.settings.get(server.id)
        members = await self.services.birthdays.of_guild(server.id)
        damaged = (await self.services.birthdays.damaged(server.id))[:_DAMAGED_SHOWN]
        problems = await self.services.problems.of_guild(server.id)
        lines = [
            f"**{texts.check}**",
            channel_line(server, settings, texts),
            _role_line(server, settings, texts),
            *[
                f"⚠️ {texts.refusals[problem.reason.value]}"
                for problem in problems
                if problem.reason and problem.about not in (About.REMINDER, About.EVENT)
            ],
            *[f"⚠️ {texts.check_damaged.format(who=', '.join(f'<@{user}>' for user in damaged))}" for _ in damaged[:1]],
            f"🕘 {_hour(settings, self.services.clock.now(), texts)}",
            f"📒 {texts.check_birthdays.format(count=len(members), templates=len(settings.templates))}",
            _events_line(server, settings, texts, problems),
            reminders_line(settings, texts, await self.services.reminders.count(server.id)),
            f"🎵 {texts.check_songs}" if settings.songs else f"➖ {texts.check_songs_off}",
            f"📅 {texts.check_digest[settings.digest.value]} · {texts.check_ages[settings.ages.value]}",
            f"🎂 {next_wish(members, settings, self.services.clock.now(), texts)}",
        ]
        await tell(interaction, "\n".join(lines))

    @app_commands.command(name="plan", description="Managers: wishes of the next 12 months, and why on those dates")
    async def plan(self, interaction: discord.Interaction) -> None:
        """Show a year, in a file where it is long."""
        server, texts = check_manager(interaction), texts_of(interaction)
        members = await self.services.birthdays.of_guild(server.id)
        if not members:
            await tell(interaction, texts.nobody_yet)
            return
        heading, *lines = lists.plan(members, self.services.today(await self.services.settings.get(server.id)), texts)
        text = "\n".join([heading, *map(escaped, lines)])
        if len(text) <= LIMIT:
            await tell(interaction, text)
            return
        file = discord.File(
            io.BytesIO("\r\n".join([heading, *lines]).encode("utf-8-sig", "replace")), "birthday-plan.txt"
        )
        await tell(interaction, heading, files=[file])

    @app_commands.command(name="set-for", description="Managers: set somebody else's birthday")
    @app_commands.describe(
        who="Whose birthday",
        date="3/5, 2000-03-05, lunar 5/3, lunar leap 5/3",
        leap_day="Born on 29 February: the day in other years",
        hide_year="Hide the year and age; no reminders, gathered wishes or events",
    )
    @app_commands.rename(leap_day="leap-day", hide_year="hide-year")
    @app_commands.choices(leap_day=LEAP_DAYS)
    async def set_for(
        self,
        interaction: discord.Interaction,
        who: discord.Member,
        date: app_commands.Range[str, 1, 50],
        leap_day: str | None = None,
        hide_year: bool | None = None,
    ) -> None:
        """Keep somebody else's birthday."""
        check_manager(interaction)
        await set_birthday(interaction, self.services, who, date, leap_day, hide_year)


def channel_line(server: discord.Guild, settings: GuildSettings, texts: BirthdayTexts) -> str:
    """Return whether the bot can congratulate."""
    if settings.channel_id is None:
        return f"❌ {texts.check_channel_none}"
    lacking = permissions.lacking(server, settings.channel_id)
    if lacking is None:
        return f"❌ {texts.check_channel_gone}"
    if lacking:
        return f"❌ {permissions.cannot_write(settings.channel_id, lacking).worded(texts)}"
    return f"✅ {texts.check_channel.format(channel=f'<#{settings.channel_id}>')}"


def next_wish(members: tuple[BirthdayRecord, ...], settings: GuildSettings, now: datetime, texts: BirthdayTexts) -> str:
    """Return whom the next wish is for, and when."""
    today = settings.today(now)
    for celebrated in upcoming(members, today, today + AHEAD):
        when = settings.due(celebrated.occurrence.date)
        if when > now:
            return texts.check_next.format(
                name=escaped(celebrated.record.name),
                when=formatting.moment(when, "f"),
                relative=formatting.moment(when, "R"),
            )
    return texts.check_no_next


def _role_line(server: discord.Guild, settings: GuildSettings, texts: BirthdayTexts) -> str:
    if settings.role_id is None:
        return f"➖ {texts.check_role_none}"
    why = permissions.why_not_role(server, settings.role_id)
    return f"❌ {why.worded(texts)}" if why else f"✅ {texts.check_role.format(role=f'<@&{settings.role_id}>')}"


def _events_line(
    server: discord.Guild, settings: GuildSettings, texts: BirthdayTexts, problems: Iterable[Problem]
) -> str:
    if not settings.events:
        return f"➖ {texts.check_events_off}"
    if why := why_no_event(server, texts):
        return f"❌ {why}"
    is_refused = any(problem.about is About.EVENT and problem.reason for problem in problems)
    return f"⚠️ {texts.event_refused}" if is_refused else f"✅ {texts.check_events}"


def _hour(settings: GuildSettings, now: datetime, texts: BirthdayTexts) -> str:
    zone = formatting.zone(settings.zone, texts)
    return texts.check_hour.format(at=f"{settings.at:%H:%M}", zone=zone, now=clock_of(now, settings))
