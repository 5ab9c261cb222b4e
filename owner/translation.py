"""What commands say in English, in the language of whoever reads it. Knows nothing of who says it."""

from functools import cache

from bot.i18n import language_of, texts_for
from bot.sentences import translated as by_table
from bot.terminal.texts import TerminalTexts
from owner.texts import OwnerTexts


def translated(text: str, locale: str) -> str:
    """Return what the bot, training or export says, a sentence a line, in the language of a locale."""
    return by_table(text, sentences(language_of(locale)))


@cache
def sentences(language: str) -> dict[str, str]:
    """Return the sentences of a language by the English ones, those of the bot's own terminal among them."""
    return {**texts_for(TerminalTexts, language).sentences, **texts_for(OwnerTexts, language).of_commands}
