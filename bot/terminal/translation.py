"""What the bot says at its owner's terminal, in the owner's language. Knows nothing of who says it.

Errors, findings and help are raised and written in English all over the bot, where no language is known; here, at the
door, they become the owner's.
"""

from bot.i18n import owner_locale, texts_for
from bot.terminal.texts import TerminalTexts
from bot.terminal_language import translated


def in_owners_language(text: str) -> str:
    """Return what the bot says, in the language of who sits at the terminal."""
    return translated(text, texts_for(TerminalTexts, owner_locale()).sentences)
