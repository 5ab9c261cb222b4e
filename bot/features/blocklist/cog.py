"""“Never say this again” in the context menu of answers, and ``/never list`` with its buttons, on Discord."""

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.blocklist.generated import generated_lines
from bot.features.blocklist.lines import MOST, BlocklistFullError, RefusedLineRepository
from bot.features.blocklist.texts import BlocklistTexts
from bot.features.buttons import StatefulButton, row
from bot.features.commands import MessageMenu, everywhere
from bot.features.interactions import check_manages_server, place_of
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.markdown import cut, escaped, small

COG = "Blocklist"
_PAGE = 5
_LONGEST = 300
_SHAPE = re.compile(r"blocklist:(?P<page>0|[1-9][0-9]{0,2})(?::allow:(?P<key>[0-9a-f]{32}))?", re.ASCII)


@everywhere
class Blocklist(
    MessageMenu, commands.GroupCog, name=COG, group_name="never", group_description="What I must not say again"
):
    """Refuses lines for every member; only managers of a server see and allow them again."""

    def __init__(self, lines: RefusedLineRepository, clock: Clock, tree: app_commands.CommandTree[Any]) -> None:
        """Take where the lines are kept, the clock, and the tree to which the context menu's command is added."""
        self._lines = lines
        self._clock = clock
        super().__init__(tree, "Never say this again", self.refuse)

    async def refuse(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Refuse what the model made up in a message of ours.

        Raises:
            UserFacingError: it is another's, there is nothing of the model in it, or the list is full.
        """
        if message.author != interaction.client.user:
            raise UserFacingError(BlocklistTexts, "not_mine")
        lines = generated_lines(message.content)
        if not lines:
            raise UserFacingError(BlocklistTexts, "no_words")
        place, now = place_of(interaction).id, self._clock.now()
        try:
            is_new = any([await self._lines.add(place, interaction.user.id, line, now) for line in lines])
        except BlocklistFullError:
            raise UserFacingError(BlocklistTexts, "full", limit=MOST) from None
        texts = _texts_of(interaction)
        text = texts.refused if is_new else texts.refused_before
        await interaction.response.send_message(text, ephemeral=True)

    @app_commands.command(name="list", description="Managers: lines I must not say here, and how to allow them again")
    async def list(self, interaction: discord.Interaction) -> None:
        """Show the first page, to the manager alone."""
        _check_manager(interaction)
        text, view = await self._page(interaction, 0)
        await interaction.response.send_message(text, ephemeral=True, view=view)

    async def show(self, interaction: discord.Interaction, number: int, allowed: str | None) -> None:
        """Show another page in the same message, after the line with the key ``allowed`` may be said again."""
        _check_manager(interaction)
        if allowed is not None:
            await self._lines.remove(place_of(interaction).id, allowed)
        text, view = await self._page(interaction, number)
        await interaction.response.edit_message(content=text, view=view)

    async def _page(self, interaction: discord.Interaction, number: int) -> tuple[str, discord.ui.View]:
        """Return a page, the last one for a number too high, with a button for each line."""
        lines, texts = await self._lines.newest(place_of(interaction).id), _texts_of(interaction)
        if not lines:
            return texts.nothing, row()
        pages = -(-len(lines) // _PAGE)
        number = min(number, pages - 1)
        some = lines[number * _PAGE : (number + 1) * _PAGE]
        foot = texts.page.format(page=number + 1, pages=pages, total=len(lines))
        text = "\n".join(
            [
                f"**{texts.heading}**",
                *(f"**{index}** {escaped(cut(line.text, _LONGEST))}" for index, line in enumerate(some, 1)),
                small(f"{texts.how} {foot}"),
            ]
        )
        allow = [_button(number, line.key, label=str(index), emoji="↩️") for index, line in enumerate(some, 1)]
        turn = [
            _button(page, emoji=emoji, disabled=not 0 <= page < pages, row=1)
            for page, emoji in ((number - 1, "◀️"), (number + 1, "▶️"))
        ]
        return text, row(*allow, *(turn if pages > 1 else []))


class BlocklistButton(StatefulButton, template=re.compile(r"blocklist:.*", re.DOTALL)):
    """Shows a page of the list, or allows one of its lines again."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Blocklist) -> None:
        """Show the page that this leads to."""
        match = _SHAPE.fullmatch(self.custom_id)
        if match is None:
            raise UnknownButtonError
        await cog.show(interaction, int(match["page"]), match["key"])


def _button(page: int, key: str | None = None, **look: Any) -> BlocklistButton:  # noqa: ANN401 - as discord.py takes it
    return BlocklistButton(f"blocklist:{page}" + (f":allow:{key}" if key else ""), **look)


def _check_manager(interaction: discord.Interaction) -> None:
    """Check that who asks may manage the server; of what is their own everybody is the manager.

    Raises:
        UserFacingError: they may not.
    """
    if place_of(interaction).server is not None:
        check_manages_server(interaction)


def _texts_of(interaction: discord.Interaction) -> BlocklistTexts:
    return texts_for(BlocklistTexts, interaction.locale.value)
