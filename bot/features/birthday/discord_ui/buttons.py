"""The buttons of birthdays: each remembers in its ``custom_id`` what it is for, so it outlives the process.

Knows nothing of what an act does: the cog does.
"""

import re
from typing import Any, Self, cast

import discord

from bot import error_reply

_SHAPE = re.compile(r"birthday:(?P<act>[a-z]+)(?::(?P<what>[\w-]+))?")

COG = "Birthdays"


class BirthdayButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=_SHAPE):
    """A button that does an act."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the button of an old message."""
        del interaction, item
        return cls(discord.ui.Button(custom_id=match.string))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do the act."""
        match = cast(re.Match[str], _SHAPE.fullmatch(self.custom_id))
        try:
            cog: Any = interaction.client.get_cog(COG)
            await cog.press(interaction, match["act"], match["what"] or "")
        except Exception as error:  # noqa: BLE001 - one of the two outermost doors: what gets past here is lost
            await error_reply.answer(interaction, error)


def button(act: str, what: object = "", **look: Any) -> BirthdayButton:  # noqa: ANN401 - as discord.py takes it
    """Return the button that does ``act`` with ``what``; ``look`` is its label, emoji, style and the like."""
    custom_id = f"birthday:{act}:{what}" if what != "" else f"birthday:{act}"
    return BirthdayButton(discord.ui.Button(custom_id=custom_id, **look))


def row(*buttons: BirthdayButton) -> discord.ui.View:
    """Return the buttons as what goes under a message."""
    view = discord.ui.View(timeout=None)
    for each in buttons:
        view.add_item(each)
    return view


def remembered(custom_id: str, act: str) -> str | None:
    """Return what a button that does ``act`` remembers; None if it is another's."""
    match = _SHAPE.fullmatch(custom_id)
    return (match["what"] or "") if match and match["act"] == act else None
