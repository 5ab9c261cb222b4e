"""Lookup of styles by what members call them, in any language, or by their numbers in the gallery. Knows no Discord."""

from collections.abc import Sequence

from bot.bundle import Style
from bot.i18n import INTERNATIONAL
from bot.i18n.languages import language_of


def name_of(style: Style, locale: str) -> str:
    """Return what a style is called for a Discord locale; one without a name in that language, as it has one."""
    names = style.names
    return names.get(language_of(locale)) or names.get(INTERNATIONAL) or next(iter(names.values()))


def named(typed: str, styles: Sequence[Style]) -> Style | None:
    """Return the style that is meant by its key, any of its names, or its number from 1; None where none is."""
    plain = _plain(typed)
    for number, style in enumerate(styles, 1):
        if plain in (str(number), *map(_plain, (style.key, *style.names.values()))):
            return style
    return None


def matching(typed: str, styles: Sequence[Style]) -> list[Style]:
    """Return the styles in any of whose names what is typed so far occurs, or whose number begins with it."""
    part = _plain(typed)
    return [
        style
        for number, style in enumerate(styles, 1)
        if str(number).startswith(part) or any(part in _plain(name) for name in (style.key, *style.names.values()))
    ]


def _plain(name: str) -> str:
    return "".join(name.replace("-", " ").split()).casefold()
