"""The answers of ``/dream``: a picture, buttons that remember, and the photo that each press begins with."""

from typing import Any

import discord

from bot.bundle import DEPTHS
from bot.features.attachments import ORIGINAL, file
from bot.features.buttons import StatefulButton, row
from bot.features.dream.request import CUSTOM_ID, can, custom_id
from bot.features.dream.texts import DreamTexts
from bot.i18n import UserFacingError
from bot.inference.dreamer import STRENGTHS, Dream
from bot.markdown import small

COG = "dream"
_EMOJI = {"wave": "🌊", "eye": "👁️", "dream": "💭", "less": "➖", "more": "➕", "fall": "🎞️", "show": "👀"}


class DreamButton(StatefulButton, template=CUSTOM_ID):
    """A button under a dream."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do what the button is for."""
        await cog.press(interaction, CUSTOM_ID.fullmatch(self.custom_id))

    def refuse(self) -> None:
        """Say that the bundle that the bot was started with has no dreams."""
        raise UserFacingError(DreamTexts, "no_dreams")


def caption(dream: Dream, texts: DreamTexts) -> str:
    """Return what is said above a dream that its asker alone sees."""
    return f"{_named(texts.dreamt, dream, texts)}\n{small(texts.only_here)}"


def falling_caption(dream: Dream, texts: DreamTexts) -> str:
    """Return what is said above a fall into a dream, likewise."""
    return f"{_named(texts.fallen, dream, texts)}\n{small(texts.only_you)}"


def _named(text: str, dream: Dream, texts: DreamTexts) -> str:
    return text.format(depth=texts.depths[dream.depth], strength=dream.strength, strongest=STRENGTHS[-1])


def picture(data: bytes, dream: Dream, texts: DreamTexts) -> discord.File:
    """Return a dream as a file."""
    return file(data, "dream.jpg", texts.picture.format(depth=texts.depths[dream.depth]))


def animation(data: bytes, dream: Dream, texts: DreamTexts) -> discord.File:
    """Return a fall into a dream as a file."""
    return file(data, "dream.gif", texts.animation.format(depth=texts.depths[dream.depth]))


def original(data: bytes, texts: DreamTexts) -> discord.File:
    """Return the photo that every press begins with."""
    return file(data, ORIGINAL, texts.original)


def buttons(dream: Dream, texts: DreamTexts) -> discord.ui.View:
    """Return what may be pressed under a dream: the depths, more and less of it, the fall, and to show it."""
    depths = [_button(dream, depth, texts.depths[depth], at=0) for depth in DEPTHS]
    labels = {"less": texts.less, "more": texts.more, "fall": texts.fall, "show": texts.show}
    return row(*depths, *(_button(dream, act, label, at=1) for act, label in labels.items()))


def show_button(dream: Dream, texts: DreamTexts) -> discord.ui.View:
    """Return what may be pressed under a fall into a dream."""
    return row(_button(dream, "show", texts.show, at=0))


def _button(dream: Dream, act: str, label: str, at: int) -> DreamButton:
    style = discord.ButtonStyle.primary if act == dream.depth else discord.ButtonStyle.secondary
    return DreamButton(
        custom_id(dream, act), emoji=_EMOJI[act], label=label, style=style, disabled=not can(dream, act), row=at
    )
