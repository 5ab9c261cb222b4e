"""What the bot says at its owner's terminal, in the owner's language. Knows nothing of who says it.

Errors, findings and help are raised and written in English all over the bot, where no language is known; here, at the
door, they become the owner's.
"""

from collections.abc import Mapping
from typing import Protocol

from bot.i18n import owner_locale, texts_for
from bot.sentences import translated
from bot.terminal.texts import TerminalTexts


class HasHelp(Protocol):
    """A command or one of its parameters, as typer builds them."""

    help: str | None


def in_owners_language(text: str) -> str:
    """Return what the bot says, in the language of who sits at the terminal."""
    return translated(text, texts_for(TerminalTexts, owner_locale()).sentences)


def translate_help(command: HasHelp, table: Mapping[str, str]) -> None:
    """Let the help of a command, of its parameters and of the commands in it be by a table."""
    parameters: list[HasHelp] = getattr(command, "params", [])
    for each in (command, *parameters):
        if text := getattr(each, "help", None):
            each.help = "\n\n".join(translated(" ".join(part.split()), table) for part in text.split("\n\n"))
    for inner in getattr(command, "commands", {}).values():
        translate_help(inner, table)
