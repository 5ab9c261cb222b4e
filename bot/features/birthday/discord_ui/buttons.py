"""The buttons of birthdays: each remembers in its ``custom_id`` what it is for.

Knows nothing of what an act does: the cog does.
"""

import re
from typing import Any, cast

import discord

from bot.features.birthday.delivery.messenger import Message, Reminder, Wish
from bot.features.birthday.texts import BirthdayTexts
from bot.features.buttons import StatefulButton, row

_SHAPE = re.compile(r"birthday:(?P<act>[a-z]+)(?::(?P<what>[\w-]+))?")

COG = "Birthdays"
JOIN, LIST = "join", "list"
"""The acts by whose buttons a wish and a digest are known again, as a reminder is by ``MUTE``: see :func:`under`."""
LETTERS, MUTE = "letters", "mute"
ASK_TEAR, TEAR = "asktear", "tear"
KEEP_PHOTO, REMOVE_PHOTO = "keepphoto", "nophoto"
ID, NONCE = r"(?:[0-9]{1,18}|[1-8][0-9]{18})", r"[0-9a-f]{1,25}"
"""What buttons remember: an id, which the database holds in 63 bits, and the nonce of a wish."""


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


def under(message: Message, texts: BirthdayTexts) -> discord.ui.View:
    """Return the buttons of a message; by one of them it is known to be the one of its nonce."""
    if isinstance(message, Wish):
        return under_wish(message.nonce, texts, joined=0, letters=message.letters)
    if isinstance(message, Reminder):
        return _under_reminder(message, texts)
    return row(button(LIST, message.nonce, label=texts.whole_list, emoji="📅"))


def _under_reminder(message: Reminder, texts: BirthdayTexts) -> discord.ui.View:
    guild_id = message.settings.guild_id
    stop = button(MUTE, f"{guild_id}-{message.nonce}", label=texts.remind_stop, emoji="🔕")
    write = button("write", f"{guild_id}-{message.celebrated.record.user_id}", label=texts.letter_write, emoji="✍️")
    return row(write, stop)


def under_wish(nonce: str, texts: BirthdayTexts, joined: int, letters: int) -> discord.ui.View:
    """Return the 🎂 under a wish, with how many joined in, and the 💌 where it brought letters."""
    join = button(JOIN, nonce, label=texts.joined.format(count=joined) if joined else texts.join, emoji="🎂")
    read = button(LETTERS, nonce, label=texts.letters.format(count=letters), emoji="💌")
    return row(join, *([read] if letters else []))


def nonces(message: discord.Message) -> list[str]:
    """Return the nonces that the buttons of a message remember."""
    buttons = [part for line in message.components for part in getattr(line, "children", ())]
    ids = [str(part.custom_id) for part in buttons if getattr(part, "custom_id", None)]
    remembered = [what for custom_id in ids for act in (JOIN, LIST, MUTE) if (what := _remembered(custom_id, act))]
    return [what.rpartition("-")[2] for what in remembered]


def _remembered(custom_id: str, act: str) -> str | None:
    """Return what a button that does ``act`` remembers; None if it is another's."""
    match = _SHAPE.fullmatch(custom_id)
    return (match["what"] or "") if match and match["act"] == act else None
