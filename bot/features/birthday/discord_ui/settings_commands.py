"""``/birthday channel``, ``time``, ``zone``, ``role``, ``age`` and ``digest``: where, when and how, for managers."""

from datetime import datetime, time

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.calendar.hours import read_hour
from bot.features.birthday.calendar.zones import suggestions, zone_of
from bot.features.birthday.discord_ui import permissions
from bot.features.birthday.discord_ui.buttons import button
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.replies import check_manager, refusals, tell, texts_of
from bot.features.birthday.model import DigestRhythm, GuildSettings
from bot.features.birthday.text import formatting
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import row
from bot.i18n import UserFacingError, language_of

_LONGEST_CHOICE = 100
CHANNEL_OFF, ROLE_OFF = "channeloff", "roleoff"


class PlaceCommands(commands.Cog):
    """Part of the cog."""

    services: BirthdayServices

    @app_commands.command(name="channel", description="Managers: where I congratulate")
    @app_commands.describe(channel="The channel to congratulate in")
    async def channel(self, interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
        """Set the channel, or show which one is set."""
        server, texts = check_manager(interaction), texts_of(interaction)
        if channel is None:
            set_one = (await self.services.settings.get(server.id)).channel_id
            text, view = _now(set_one and f"<#{set_one}>", texts.channel_now, CHANNEL_OFF, texts)
            await tell(interaction, text or texts.check_channel_none, view=view)
            return
        lacking = permissions.lacking(server, channel.id)
        if lacking is None:
            raise UserFacingError(BirthdayTexts, "refusals", "channel-gone")
        if lacking:
            raise permissions.cannot_write(channel.id, lacking)
        language = language_of((interaction.guild_locale or interaction.locale).value)
        settings = await self.services.settings.change(server.id, channel_id=channel.id, language=language)
        zone = formatting.zone(settings.zone, texts)
        await tell(interaction, texts.channel_set.format(channel=channel.mention, at=_clock(settings.at), zone=zone))

    @app_commands.command(name="time", description="Managers: what time wishes go out")
    @app_commands.describe(time="9:00, 21:30, 9am")
    async def time(self, interaction: discord.Interaction, time: app_commands.Range[str, 1, 20]) -> None:
        """Set the hour."""
        server, texts = check_manager(interaction), texts_of(interaction)
        with refusals():
            at = read_hour(time)
        settings = await self.services.settings.change(server.id, at=at)
        await tell(
            interaction, texts.time_set.format(at=_clock(settings.at), zone=formatting.zone(settings.zone, texts))
        )

    @app_commands.command(name="zone", description="Managers: the time zone for wishes")
    @app_commands.describe(zone="A city or a time zone")
    async def zone(self, interaction: discord.Interaction, zone: app_commands.Range[str, 1, 64]) -> None:
        """Set the zone."""
        server, texts = check_manager(interaction), texts_of(interaction)
        with refusals():
            known = zone_of(zone)
        settings = await self.services.settings.change(server.id, zone=known.key)
        now = clock_of(self.services.clock.now(), settings)
        named = formatting.zone(settings.zone, texts)
        await tell(interaction, texts.zone_set.format(zone=named, now=now, at=_clock(settings.at)))

    @zone.autocomplete("zone")
    async def _zones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        texts = texts_of(interaction)
        return [
            app_commands.Choice(
                name=f"{formatting.zone(place.zone, texts)} ({place.zone})"[:_LONGEST_CHOICE], value=place.zone
            )
            for place in suggestions(typed)
        ]

    @app_commands.command(name="role", description="Managers: a role for the day")
    @app_commands.describe(role="The birthday role")
    async def role(self, interaction: discord.Interaction, role: discord.Role | None = None) -> None:
        """Set the role, or show which one is set."""
        server, texts = check_manager(interaction), texts_of(interaction)
        if role is None:
            set_one = (await self.services.settings.get(server.id)).role_id
            text, view = _now(set_one and f"<@&{set_one}>", texts.role_now, ROLE_OFF, texts)
            await tell(interaction, text or texts.role_none, view=view)
            return
        if why := permissions.why_not_role(server, role.id):
            raise why
        await self.services.settings.change(server.id, role_id=role.id)
        await tell(interaction, texts.role_set.format(role=role.mention))

    @app_commands.command(name="age", description="Managers: how ages are counted")
    @app_commands.describe(style="International, Korean, or not at all")
    @app_commands.choices(
        style=[
            app_commands.Choice(name="International age", value=AgeStyle.INTERNATIONAL.value),
            app_commands.Choice(name="Korean age", value=AgeStyle.COUNTING.value),
            app_commands.Choice(name="No ages", value=AgeStyle.NONE.value),
        ]
    )
    async def age(self, interaction: discord.Interaction, style: str) -> None:
        """Set how ages are counted."""
        server, texts = check_manager(interaction), texts_of(interaction)
        settings = await self.services.settings.change(server.id, ages=AgeStyle(style))
        await tell(interaction, texts.ages_set[settings.ages.value])

    @app_commands.command(name="digest", description="Managers: post upcoming birthdays regularly")
    @app_commands.describe(how_often="Off, every Monday, or on the first of the month")
    @app_commands.rename(how_often="how-often")
    @app_commands.choices(
        how_often=[
            app_commands.Choice(name="Off", value=DigestRhythm.OFF.value),
            app_commands.Choice(name="Weekly", value=DigestRhythm.WEEKLY.value),
            app_commands.Choice(name="Monthly", value=DigestRhythm.MONTHLY.value),
        ]
    )
    async def digest(self, interaction: discord.Interaction, how_often: str) -> None:
        """Set how often the list is posted."""
        server, texts = check_manager(interaction), texts_of(interaction)
        settings = await self.services.settings.change(server.id, digest=DigestRhythm(how_often))
        await tell(interaction, texts.digest_set[settings.digest.value])


async def turn_off_channel(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Congratulate no more."""
    del what
    server, texts = check_manager(interaction), texts_of(interaction)
    await services.settings.change(server.id, channel_id=None)
    await interaction.response.edit_message(content=texts.channel_off, view=None)


async def turn_off_role(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Give no role any more."""
    del what
    server, texts = check_manager(interaction), texts_of(interaction)
    await services.settings.change(server.id, role_id=None)
    await interaction.response.edit_message(content=texts.role_off, view=None)


def clock_of(moment: datetime, settings: GuildSettings) -> str:
    """Return what the clocks show where the group is."""
    return _clock(moment.astimezone(settings.tz).time())


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _now(
    mark: str | int | None, sentence: str, off: str, texts: BirthdayTexts
) -> tuple[str | None, discord.ui.View | None]:
    """Return what is set, and a button to turn it off; neither where nothing is: an Enter must not change anything."""
    if not mark:
        return None, None
    return sentence.format(mark=mark), row(button(off, label=texts.turn_off, style=discord.ButtonStyle.danger))
