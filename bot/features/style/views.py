"""Views: the answer of ``/style``, its files, and buttons and menus that remember. Knows Discord, not the painter.

The painting is the only picture among the attachments. The photo goes along, and a picture whose style was asked for,
as files that no chat shows as pictures: every press begins with them, and the bot itself keeps none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from re import Match
from typing import Any, cast

import discord

from bot.bundle import Style
from bot.features.attachments import ORIGINAL, file
from bot.features.buttons import StatefulButton, StatefulItem, StatefulMenu, chosen, row
from bot.features.style.lookup import name_of
from bot.features.style.rendering import Painted
from bot.features.style.request import MOST_MIXED, STRONGEST, STYLE_ID, STYLE_MENU, WEAKEST, Act, StyleRequest
from bot.features.style.texts import StyleTexts
from bot.i18n import UserFacingError, texts_for
from bot.markdown import small

COG = "Style"
LIKE = "style.bin"
"""Not called a picture either."""
_PAINTING, _GALLERY = "painting.jpg", "styles.jpg"
_EMOJI: dict[Act, str] = {"more": "➕", "less": "➖", "colours": "🎨", "again": "🎲", "show": "👀"}
_MOST_OPTIONS, _MOST_MENUS = 25, 4


@dataclass(frozen=True, slots=True)
class StyleAnswer:
    """One message."""

    content: str
    picture: discord.File
    sources: list[discord.File]
    """What a press begins with."""
    view: discord.ui.View


def answer(made: Painted, styles: Sequence[Style], locale: str) -> StyleAnswer:
    """Return the message that shows a painting, or all styles, to whoever asked alone."""
    texts, request = texts_for(StyleTexts, locale), made.request
    is_gallery = not request.styles and made.like is None
    called = _called(request, styles, locale)
    lines = [texts.choose.format(count=len(styles)) if is_gallery else _headline(made, called, texts)]
    lines += [small(line) for line in _small_print(made, texts)]
    alt = texts.gallery.format(count=len(styles)) if is_gallery else texts.painting.format(styles=called)
    picture = file(made.picture, _GALLERY if is_gallery else _PAINTING, alt)
    sources = [file(made.original, ORIGINAL, texts.original_photo)]
    if made.like is not None:
        sources.append(file(made.like, LIKE, texts.style_picture))
    view = _buttons(request, styles, locale, is_gallery=is_gallery)
    return StyleAnswer("\n".join(lines), picture, sources, view)


def _buttons(request: StyleRequest, styles: Sequence[Style], locale: str, *, is_gallery: bool) -> discord.ui.View:
    """Return what may be pressed: how strong, whose colours, another style, to show it; and the styles."""
    texts = texts_for(StyleTexts, locale)
    acts: list[Act] = []
    if not is_gallery:
        acts += ["more"] if request.strength < STRONGEST else []
        acts += ["less"] if request.strength > WEAKEST else []
        acts += ["colours", "again", "show"]
    items: list[StatefulItem] = [_button(request, act, texts) for act in acts]
    # Menus go into the first row that is empty.
    return row(*items, *_menus(request, styles, locale))


class StylesGone:
    """What a press is told while there are no styles; goes before the kind of a button."""

    cog_name = COG

    def refuse(self) -> None:
        """Say that the bundle that the bot was started with has no styles."""
        raise UserFacingError(StyleTexts, "no_styles")


class StyleButton(StylesGone, StatefulButton, template=STYLE_ID):
    """A button under a painting: it carries the request."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do what the button is for."""
        await cog.press(interaction, cast(Match[str], STYLE_ID.fullmatch(self.custom_id)), ())


class StyleMenu(StylesGone, StatefulMenu, template=STYLE_MENU):
    """A menu of styles under a painting or under the gallery."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - as above
        """Paint in what was chosen."""
        await cog.press(interaction, cast(Match[str], STYLE_MENU.fullmatch(self.custom_id)), chosen(interaction))


def _button(request: StyleRequest, act: Act, texts: StyleTexts) -> StyleButton:
    label = getattr(texts, act, "")
    if act == "colours":
        label = texts.paint_colours if request.keep_colours else texts.keep_colours
    return StyleButton(request.custom_id(act), emoji=_EMOJI[act], label=label, row=0)


def _menus(request: StyleRequest, styles: Sequence[Style], locale: str) -> list[StyleMenu]:
    """Return the styles, in as few menus of one size as there must be."""
    texts = texts_for(StyleTexts, locale)
    numbered = list(enumerate(styles, 1))[: _MOST_OPTIONS * _MOST_MENUS]
    each = ceil(len(numbered) / ceil(len(numbered) / _MOST_OPTIONS))
    menus = []
    for page, part in enumerate(numbered[at : at + each] for at in range(0, len(numbered), each)):
        options = [
            discord.SelectOption(
                label=texts.numbered.format(number=number, name=name_of(style, locale)),
                value=style.key,
                default=style.key in request.styles,
            )
            for number, style in part
        ]
        placeholder = texts.pick_style.format(first=part[0][0], last=part[-1][0])
        most = min(MOST_MIXED, len(options))
        menus.append(
            StyleMenu(request.custom_id(f"pick{page}"), placeholder=placeholder, max_values=most, options=options)
        )
    return menus


def _called(request: StyleRequest, styles: Sequence[Style], locale: str) -> str:
    names = {style.key: name_of(style, locale) for style in styles}
    return " + ".join(names[key] for key in request.styles) or texts_for(StyleTexts, locale).another_picture


def _headline(made: Painted, called: str, texts: StyleTexts) -> str:
    text = texts.painted if made.request.styles else texts.painted_like
    line = text.format(styles=called, strength=made.request.strength)
    return f"{line} · {texts.colours_kept}" if made.request.keep_colours else line


def _small_print(made: Painted, texts: StyleTexts) -> list[str]:
    width, height = made.shrunk or (0, 0)
    lines = [texts.shrunk.format(width=width, height=height)] if made.shrunk else []
    return [*lines, texts.only_here]
