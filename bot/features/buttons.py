"""Stateful buttons: what one is for stands in its ``custom_id``, so it outlives the process that made it.

The one door for the errors of a press. Knows no feature.
"""

import re
from abc import abstractmethod
from re import Match
from typing import Any, ClassVar, Self

import discord

from bot import error_reply
from bot.i18n import UnknownButtonError

_NOTHING = re.compile(r"(?!)")


class StatefulButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=_NOTHING):
    """A button of a feature; a subclass gives the ``template`` of its custom ids."""

    cog_name: ClassVar[str]
    """The cog that does what the button is for."""

    def __init__(self, custom_id: str, **look: Any) -> None:  # noqa: ANN401 - as discord.py takes it
        """Take what it remembers; ``look`` is its label, emoji, style and the like."""
        super().__init__(discord.ui.Button(custom_id=custom_id, **look))

    def __init_subclass__(cls, *, template: re.Pattern[str]) -> None:
        super().__init_subclass__(template=template)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Match[str], /
    ) -> Self:
        """Return the button of an old message."""
        del interaction, item
        return cls(match.string)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for."""
        try:
            cog: Any = interaction.client.get_cog(self.cog_name)
            if cog is None:
                self.refuse()
            await self.press(interaction, cog)
        except Exception as error:  # noqa: BLE001 - one of the two outermost doors: what gets past here is lost
            await error_reply.answer(interaction, error)

    @abstractmethod
    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - the feature's own
        """Do what the button is for, by the feature's cog."""

    def refuse(self) -> None:
        """Say that the feature is not there at the moment.

        Raises:
            UserFacingError: always.
        """
        raise UnknownButtonError


def row(*buttons: StatefulButton) -> discord.ui.View:
    """Return the buttons as what goes under a message."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view
