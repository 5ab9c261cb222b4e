"""``/group`` with its menu, and ``/invitation``, on Discord."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.access.choices import ChoiceRepository
from bot.features.access.texts import AccessTexts
from bot.features.buttons import StatefulButton, StatefulMenu, chosen, row
from bot.features.commands import everywhere
from bot.features.interactions import check_manages_server
from bot.groups.access import WHILE_CLOSED, Access
from bot.groups.admissions import AdmissionRepository
from bot.groups.group import Groups
from bot.groups.texts import GroupTexts
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.markdown import escaped

COG = "GroupChoice"
_MENU = re.compile(r"group:choose(?::[1-3])?")
_PAGE = re.compile(r"group:page:(?P<page>[0-9]{1,3})")
_MOST_OPTIONS, _MENUS = 25, 4
"""Of a menu, and of one message: the fifth row is for the next ones."""
_LONGEST_ID = 20
_LONGEST_NAME, _LONGEST_PLACEHOLDER = 100, 150
_LONGEST_CODE = 100


class GroupChoice(commands.Cog, name=COG):
    """Answers ``/group``, to the one who asked."""

    def __init__(self, groups: Groups, choices: ChoiceRepository) -> None:
        """Take the groups, and where choices are kept."""
        self._groups = groups
        self._choices = choices

    @app_commands.command(name="group", description="Choose which of your groups I talk like in private messages")
    @everywhere
    async def group(self, interaction: discord.Interaction) -> None:
        """Offer the groups that who asks is in.

        Raises:
            UserFacingError: they are in none.
        """
        text, view = await self._offer(interaction, 0)
        await interaction.response.send_message(text, ephemeral=True, view=view)

    async def turn(self, interaction: discord.Interaction, page: int) -> None:
        """Offer further groups.

        Raises:
            UserFacingError: as above.
        """
        text, view = await self._offer(interaction, page)
        await interaction.response.edit_message(content=text, view=view)

    async def _offer(self, interaction: discord.Interaction, page: int) -> tuple[str, discord.ui.View]:
        texts, servers = _texts_of(interaction), await self._groups.of_person(interaction.user.id)
        if not servers:
            raise UserFacingError(GroupTexts, "no_voice_of_yours")
        if len(servers) == 1:
            return texts.only_one.format(server=escaped(_name(interaction, *servers))), row()
        return texts.choose, _menus(interaction, servers, page)

    async def choose(self, interaction: discord.Interaction, server: int) -> None:
        """Remember a choice.

        Raises:
            UnknownButtonError: it is no group of theirs.
        """
        if server not in await self._groups.of_person(interaction.user.id):
            raise UnknownButtonError
        await self._choices.choose(interaction.user.id, server)
        text = _texts_of(interaction).chosen.format(server=escaped(_name(interaction, server)))
        await interaction.response.edit_message(content=text, view=None)


class GroupMenu(StatefulMenu, template=_MENU):
    """The groups to choose among; whose they are is asked again."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: GroupChoice) -> None:
        """Choose one."""
        values = chosen(interaction)
        if len(values) != 1 or not values[0].isascii() or not values[0].isdecimal() or len(values[0]) > _LONGEST_ID:
            raise UnknownButtonError
        await cog.choose(interaction, int(values[0]))


class GroupPage(StatefulButton, template=_PAGE):
    """Further groups to choose among."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: GroupChoice) -> None:
        """Show them."""
        await cog.turn(interaction, int(self.custom_id.rpartition(":")[2]))


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


def _menus(interaction: discord.Interaction, servers: Iterable[int], page: int) -> discord.ui.View:
    """Return menus of a page of the groups, by their names; the first page for one that there is not."""
    named = sorted((_name(interaction, server)[:_LONGEST_NAME], server) for server in servers)
    pages = _parts(named, _MOST_OPTIONS * _MENUS)
    page = page if page < len(pages) else 0
    menus = [
        GroupMenu(
            f"group:choose:{number}" if number else "group:choose",
            placeholder=f"{some[0][0]} – {some[-1][0]}"[:_LONGEST_PLACEHOLDER] if len(named) > _MOST_OPTIONS else None,
            options=[discord.SelectOption(label=name, value=str(server)) for name, server in some],
        )
        for number, some in enumerate(_parts(pages[page], _MOST_OPTIONS))
    ]
    further = [GroupPage(f"group:page:{(page + 1) % len(pages)}", emoji="▶️")] if len(pages) > 1 else []
    return row(*menus, *further)


def _parts(named: Sequence[tuple[str, int]], most: int) -> list[Sequence[tuple[str, int]]]:
    return [named[at : at + most] for at in range(0, len(named), most)]


def _name(interaction: discord.Interaction, server: int) -> str:
    guild = interaction.client.get_guild(server)
    return guild.name if guild else _texts_of(interaction).unnamed.format(id=server)


def _texts_of(interaction: discord.Interaction) -> AccessTexts:
    return texts_for(AccessTexts, interaction.locale.value)
