"""``/group`` with its menu, and ``/invitation``, on Discord."""

import re
from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.access.choices import ChoiceRepository
from bot.features.access.texts import AccessTexts
from bot.features.buttons import StatefulMenu, chosen, row
from bot.features.interactions import check_manages_server
from bot.groups.access import WHILE_CLOSED, Access
from bot.groups.admissions import AdmissionRepository
from bot.groups.group import Groups
from bot.groups.texts import GroupTexts
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.markdown import plain

COG = "GroupChoice"
_MENU = re.compile(r"group:choose")
_MOST_OPTIONS = 25
_LONGEST_NAME = 100
_LONGEST_CODE = 100
_NOBODY = discord.AllowedMentions.none()


class GroupChoice(commands.Cog, name=COG):
    """Answers ``/group``, to the one who asked."""

    def __init__(self, groups: Groups, choices: ChoiceRepository) -> None:
        """Take the groups, and where choices are kept."""
        self._groups = groups
        self._choices = choices

    @app_commands.command(name="group", description="Choose which of your groups I talk like in private messages")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def group(self, interaction: discord.Interaction) -> None:
        """Offer the groups that who asks is in.

        Raises:
            UserFacingError: they are in none.
        """
        texts, servers = _texts_of(interaction), await self._groups.of_person(interaction.user.id)
        if not servers:
            raise UserFacingError(GroupTexts, "no_voice_of_yours")
        if len(servers) == 1:
            text, view = texts.only_one.format(server=plain(_name(interaction, *servers))), row()
        else:
            text, view = texts.choose, row(_menu(interaction, servers))
        await interaction.response.send_message(text, ephemeral=True, view=view, allowed_mentions=_NOBODY)

    async def choose(self, interaction: discord.Interaction, server: int) -> None:
        """Remember a choice.

        Raises:
            UnknownButtonError: it is no group of theirs.
        """
        if server not in await self._groups.of_person(interaction.user.id):
            raise UnknownButtonError
        await self._choices.choose(interaction.user.id, server)
        text = _texts_of(interaction).chosen.format(server=plain(_name(interaction, server)))
        await interaction.response.edit_message(content=text, view=None, allowed_mentions=_NOBODY)


class GroupMenu(StatefulMenu, template=_MENU):
    """The groups to choose among; whose they are is asked again."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: GroupChoice) -> None:
        """Choose one."""
        values = chosen(interaction)
        if len(values) != 1 or not values[0].isascii() or not values[0].isdecimal():
            raise UnknownButtonError
        await cog.choose(interaction, int(values[0]))


class Invitation(commands.Cog):
    """Answers ``/invitation``, also where nothing else is answered."""

    def __init__(self, access: Access, admissions: AdmissionRepository, clock: Clock) -> None:
        """Take who is served, the invitations, and the clock."""
        self._access = access
        self._admissions = admissions
        self._clock = clock

    @app_commands.command(
        name="invitation",
        description="Managers: have this server served, with a code",
        extras={WHILE_CLOSED: True},
    )
    @app_commands.describe(code="The code")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def invitation(
        self, interaction: discord.Interaction, code: app_commands.Range[str, 1, _LONGEST_CODE]
    ) -> None:
        """Admit the server by a code.

        Raises:
            UserFacingError: who asks does not manage it, or the code is not good.
        """
        check_manages_server(interaction)
        texts, server = _texts_of(interaction), interaction.guild_id or 0
        if self._access.serves(server):
            text = texts.served_already
        elif await self._admissions.redeem(code, server, self._clock.now()):
            self._access.admit(server)
            text = texts.welcome
        else:
            raise UserFacingError(AccessTexts, "no_such_code")
        await interaction.response.send_message(text, ephemeral=True)


def _menu(interaction: discord.Interaction, servers: Iterable[int]) -> GroupMenu:
    named = sorted((_name(interaction, server)[:_LONGEST_NAME], server) for server in servers)
    options = [discord.SelectOption(label=name, value=str(server)) for name, server in named[:_MOST_OPTIONS]]
    return GroupMenu(_MENU.pattern, options=options)


def _name(interaction: discord.Interaction, server: int) -> str:
    guild = interaction.client.get_guild(server)
    return guild.name if guild else _texts_of(interaction).unnamed.format(id=server)


def _texts_of(interaction: discord.Interaction) -> AccessTexts:
    return texts_for(AccessTexts, interaction.locale.value)
