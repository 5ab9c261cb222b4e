"""``/birthday channel``, ``time``, ``zone``, ``role``, ``age`` and ``digest``: where, when and how, for managers."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

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


class SettingsCommands(commands.Cog):
    """The setters; each without a value shows what is set, where that is possible."""

    services: BirthdayServices

    @app_commands.command(name="channel", description="Managers: where I congratulate")
    @app_commands.describe(channel="The channel to congratulate in")
    async def channel(self, interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
        """Set the channel, or show which one is set."""
        if channel is None:
            await self._show_channel(interaction)
            return
        language = language_of((interaction.guild_locale or interaction.locale).value)
        await change_setting(
            interaction,
            self.services,
            lambda server: {"channel_id": _writable(server, channel.id), "language": language},
            lambda settings, texts: texts.channel_set.format(
                channel=channel.mention, at=_clock(settings.at), zone=formatting.zone(settings.zone, texts)
            ),
        )

    @app_commands.command(name="time", description="Managers: what time wishes go out")
    @app_commands.describe(time="9:00, 21:30, 9am")
    async def time(self, interaction: discord.Interaction, time: app_commands.Range[str, 1, 20]) -> None:
        """Set the hour."""
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"at": read_hour(time)},
            lambda settings, texts: texts.time_set.format(
                at=_clock(settings.at), zone=formatting.zone(settings.zone, texts)
            ),
        )

    @app_commands.command(name="zone", description="Managers: the time zone for wishes")
    @app_commands.describe(zone="A city or a time zone")
    async def zone(self, interaction: discord.Interaction, zone: app_commands.Range[str, 1, 64]) -> None:
        """Set the zone."""
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"zone": zone_of(zone).key},
            lambda settings, texts: texts.zone_set.format(
                zone=formatting.zone(settings.zone, texts),
                now=clock_of(self.services.clock.now(), settings),
                at=_clock(settings.at),
            ),
        )

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
        if role is None:
            await self._show_role(interaction)
            return
        await change_setting(
            interaction,
            self.services,
            lambda server: {"role_id": _givable(server, role.id)},
            lambda _settings, texts: texts.role_set.format(role=role.mention),
        )

    @app_commands.command(name="age", description="Managers: how ages are counted")
    @app_commands.describe(style="International, Korean, or not at all")
    @app_commands.rename(style="how")
    @app_commands.choices(
        style=[
            app_commands.Choice(name="International age", value=AgeStyle.INTERNATIONAL.value),
            app_commands.Choice(name="Korean age", value=AgeStyle.COUNTING.value),
            app_commands.Choice(name="No ages", value=AgeStyle.NONE.value),
        ]
    )
    async def age(self, interaction: discord.Interaction, style: str) -> None:
        """Set how ages are counted."""
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"ages": AgeStyle(style)},
            lambda settings, texts: texts.ages_set[settings.ages.value],
        )

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
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"digest": DigestRhythm(how_often)},
            lambda settings, texts: texts.digest_set[settings.digest.value],
        )

    @app_commands.command(name="events", description="Managers: an event in the server's list for each birthday")
    @app_commands.describe(on="Whether I make them, two weeks before")
    async def events(self, interaction: discord.Interaction, on: bool) -> None:
        """Turn Discord's events on or off."""
        await change_setting(
            interaction,
            self.services,
            lambda server: {"events": on and _can_make_events(server)},
            lambda settings, texts: texts.events_on if settings.events else texts.events_off,
        )

    @app_commands.command(name="songs", description="Managers: a short song in this group's words under each wish")
    @app_commands.describe(on="Whether a wish brings a song")
    async def songs(self, interaction: discord.Interaction, on: bool) -> None:
        """Turn songs on or off."""
        await change_setting(
            interaction,
            self.services,
            lambda _server: {"songs": on},
            lambda settings, texts: texts.songs_on if settings.songs else texts.songs_off,
        )

    async def _show_channel(self, interaction: discord.Interaction) -> None:
        server, texts = check_manager(interaction), texts_of(interaction)
        channel_id = (await self.services.settings.get(server.id)).channel_id
        if channel_id is None:
            await tell(interaction, texts.check_channel_none)
        else:
            await _show(interaction, texts.channel_now.format(mark=f"<#{channel_id}>"), CHANNEL_OFF)

    async def _show_role(self, interaction: discord.Interaction) -> None:
        server, texts = check_manager(interaction), texts_of(interaction)
        role_id = (await self.services.settings.get(server.id)).role_id
        if role_id is None:
            await tell(interaction, texts.role_none)
        else:
            await _show(interaction, texts.role_now.format(mark=f"<@&{role_id}>"), ROLE_OFF)


async def change_setting(
    interaction: discord.Interaction,
    services: BirthdayServices,
    values: Callable[[discord.Guild], Mapping[str, Any]],
    sentence: Callable[[GuildSettings, BirthdayTexts], str],
) -> None:
    """Change settings for who may manage the server, and tell them so.

    ``values`` gives the new ones, or raises why they cannot be; ``sentence`` says what is set now.
    """
    server, texts = check_manager(interaction), texts_of(interaction)
    with refusals():
        changes = values(server)
    settings = await services.settings.change(server.id, **changes)
    await tell(interaction, sentence(settings, texts))


async def turn_off_channel(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Turn the channel off: congratulate no more."""
    del what
    await services.settings.change(check_manager(interaction).id, channel_id=None)
    await interaction.response.edit_message(content=texts_of(interaction).channel_off, view=None)


async def turn_off_role(interaction: discord.Interaction, services: BirthdayServices, what: str) -> None:
    """Turn the role off: give none any more."""
    del what
    await services.settings.change(check_manager(interaction).id, role_id=None)
    await interaction.response.edit_message(content=texts_of(interaction).role_off, view=None)


async def _show(interaction: discord.Interaction, text: str, off: str) -> None:
    """Show what is set with a button to turn it off: an Enter without a value must not change anything."""
    label = texts_of(interaction).turn_off
    await tell(interaction, text, view=row(button(off, label=label, style=discord.ButtonStyle.danger)))


def _writable(server: discord.Guild, channel_id: int) -> int:
    """Return the channel; raise if the bot cannot congratulate there."""
    lacking = permissions.lacking(server, channel_id)
    if lacking is None:
        raise UserFacingError(BirthdayTexts, "refusals", "channel-gone")
    if lacking:
        raise permissions.cannot_write(channel_id, lacking)
    return channel_id


def _can_make_events(server: discord.Guild) -> bool:
    """Return that the bot can make events; raise if it cannot."""
    if not server.me.guild_permissions.create_events:
        raise UserFacingError(BirthdayTexts, "event_forbidden")
    return True


def _givable(server: discord.Guild, role_id: int) -> int:
    """Return the role; raise if the bot cannot give it."""
    if why := permissions.why_not_role(server, role_id):
        raise why
    return role_id


def clock_of(moment: datetime, settings: GuildSettings) -> str:
    """Return what the clocks show where the server is."""
    return _clock(moment.astimezone(settings.tz).time())


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
