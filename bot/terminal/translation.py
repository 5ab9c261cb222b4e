"""Translation of whole sentences, by tables; what no table has stays as it is. Knows nothing of who says it.

Errors, findings and help are raised and written in English all over the bot, where no language is known; here, at the
door, they become the owner's.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from bot.i18n import owner_locale, texts_for
from bot.terminal.texts import TerminalTexts

_PLACE = re.compile(r"\{(\w+)\}")


class HasHelp(Protocol):
    """A command or one of its parameters, as typer builds them."""

    help: str | None


def in_owners_language(text: str) -> str:
    """Return what the bot says, in the language of who sits at the terminal."""
    return translated(text, texts_for(TerminalTexts, owner_locale()).sentences)


def translated(text: str, table: Mapping[str, str]) -> str:
    """Return ``text``, a sentence a line, by a table; where braces stand, what is filled in, translated too."""
    return "\n".join(_line(line, table) for line in text.splitlines())


def translate_help(command: HasHelp, table: Mapping[str, str]) -> None:
    """Let the help of a command, of its parameters and of the commands in it be by a table."""
    parameters: list[HasHelp] = getattr(command, "params", [])
    for each in (command, *parameters):
        if text := getattr(each, "help", None):
            each.help = "\n\n".join(translated(" ".join(part.split()), table) for part in text.split("\n\n"))
    for inner in getattr(command, "commands", {}).values():
        translate_help(inner, table)


def _line(line: str, table: Mapping[str, str]) -> str:
    if line in table:
        return table[line]
    for english, other in table.items():
        if "{" in english and (match := _pattern(english).fullmatch(line)):
            return other.format(**{place: _line(value, table) for place, value in match.groupdict().items()})
    return line


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what matches a sentence whatever is filled in."""
    parts = _PLACE.split(sentence)
    return re.compile("".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
