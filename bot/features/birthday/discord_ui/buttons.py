"""The buttons of birthdays: each remembers in its ``custom_id`` what it is for.

Knows nothing of what an act does: the cog does.
"""

import re
from typing import Any, cast

import discord

from bot.features.buttons import StatefulButton

_SHAPE = re.compile(r"birthday:(?P<act>[a-z]+)(?::(?P<what>[\w-]+))?")

COG = "Birthdays"


class BirthdayButton(StatefulButton, template=_SHAPE):
    """A button that does an act."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do the act."""
        match = cast(re.Match[str], _SHAPE.fullmatch(self.custom_id))
        await cog.press(interaction, match["act"], match["what"] or "")


def button(act: str, what: object = "", **look: Any) -> BirthdayButton:  # noqa: ANN401 - as discord.py takes it
    """Return the button that does ``act`` with ``what``; ``look`` is its label, emoji, style and the like."""
    custom_id = f"birthday:{act}:{what}" if what != "" else f"birthday:{act}"
    return BirthdayButton(custom_id, **look)


def remembered(custom_id: str, act: str) -> str | None:
    """Return what a button that does ``act`` remembers; None if it is another's."""
    match = _SHAPE.fullmatch(custom_id)
    return (match["what"] or "") if match and match["act"] == act else None
