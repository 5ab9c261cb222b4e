"""The buttons of birthdays: each remembers in its ``custom_id`` what it is for.

Knows nothing of what an act does: the cog does.
"""

import re
from typing import Any, cast

import discord

from bot.features.birthday.delivery.messenger import Digest, Wish
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import StatefulButton

_SHAPE = re.compile(r"birthday:(?P<act>[a-z]+)(?::(?P<what>[\w-]+))?")

COG = "Birthdays"
JOIN, LIST = "join", "list"
"""The acts by whose buttons a wish and a digest are known again: see :func:`mark`."""


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


def mark(message: Wish | Digest, texts: BirthdayTexts) -> BirthdayButton:
    """Return the button by which a message is known to be the one of its nonce."""
    if isinstance(message, Wish):
        return join_button(message.nonce, texts, joined=0)
    return button(LIST, message.nonce, label=texts.whole_list, emoji="📅")


def join_button(nonce: str, texts: BirthdayTexts, joined: int) -> BirthdayButton:
    """Return the 🎂 under a wish, with how many joined in."""
    return button(JOIN, nonce, label=texts.joined.format(count=joined) if joined else texts.join, emoji="🎂")


def nonces(message: discord.Message) -> list[str]:
    """Return the nonces that the buttons of a message remember."""
    buttons = [part for line in message.components for part in getattr(line, "children", ())]
    ids = [str(part.custom_id) for part in buttons if getattr(part, "custom_id", None)]
    return [nonce for custom_id in ids for act in (JOIN, LIST) if (nonce := _remembered(custom_id, act))]


def _remembered(custom_id: str, act: str) -> str | None:
    """Return what a button that does ``act`` remembers; None if it is another's."""
    match = _SHAPE.fullmatch(custom_id)
    return (match["what"] or "") if match and match["act"] == act else None
