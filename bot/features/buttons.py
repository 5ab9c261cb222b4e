"""Stateful buttons and menus: what one is for stands in its ``custom_id``, so it outlives the process that made it.

The one door for the errors of a press. Knows no feature.
"""

import re
from abc import abstractmethod
from re import Match
from typing import Any, ClassVar, Self

import discord

from bot import error_reply
from bot.features.interactions import data_of, in_time, place_of
from bot.i18n import UnknownButtonError

_NOTHING = re.compile(r"(?!)")


class StatefulItem(discord.ui.DynamicItem[discord.ui.Item[discord.ui.View]], template=_NOTHING):
    """A button or a menu of a feature; a subclass gives the ``template`` of its custom ids."""

    cog_name: ClassVar[str]
    """The cog that does what the button is for."""

    @abstractmethod
    def __init__(self, custom_id: str, **look: Any) -> None:  # noqa: ANN401 - as discord.py takes it
        """Take what it remembers; ``look`` is its label, emoji, style and the like."""

    def __init_subclass__(cls, *, template: re.Pattern[str]) -> None:
        super().__init_subclass__(template=template)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Match[str], /
    ) -> Self:
        """Return the one of an old message."""
        del interaction, item
        return cls(match.string)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for."""
        try:
            await interaction.client.services.access.check(place_of(interaction))
            cog: Any = interaction.client.get_cog(self.cog_name)
            if cog is None:
                self.refuse()
            with in_time(interaction):
                await self.press(interaction, cog)
        except Exception as error:  # noqa: BLE001 - one of the two outermost doors: what gets past here is lost
            await error_reply.answer(interaction, error)

    @abstractmethod
    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - the feature's own
        """Do what it is for, by the feature's cog."""

    def refuse(self) -> None:
        """Say that the feature is not there at the moment.

        Raises:
            UserFacingError: always.
        """
        raise UnknownButtonError


class StatefulButton(StatefulItem, template=_NOTHING):
    """A button of a feature."""

    def __init__(self, custom_id: str, **look: Any) -> None:  # noqa: ANN401 - as discord.py takes it
        """Take what it remembers; ``look`` is its label, emoji, style and the like."""
        discord.ui.DynamicItem.__init__(self, discord.ui.Button(custom_id=custom_id, **look))


class StatefulMenu(StatefulItem, template=_NOTHING):
    """A menu of a feature, in which some of several options are chosen."""

    def __init__(self, custom_id: str, **look: Any) -> None:  # noqa: ANN401 - as discord.py takes it
        """Take what it remembers; ``look`` is its options, placeholder and the like. A row is not heeded."""
        discord.ui.DynamicItem.__init__(self, discord.ui.Select(custom_id=custom_id, **look))


def chosen(interaction: discord.Interaction[Any]) -> tuple[str, ...]:
    """Return the values that were chosen in the menu; none for a button."""
    values = data_of(interaction).get("values")
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def row(*buttons: StatefulItem) -> discord.ui.View:
    """Return the buttons and menus as what goes under a message."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    view.stop()  # each finds its way by itself: the client need not remember the message, nor for a while wait for it
    return view
