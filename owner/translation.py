"""What commands say in English, in the language of whoever reads it. Knows nothing of who says it."""

from functools import cache

from bot.i18n import language_of, texts_for
from bot.terminal_language import translated as by_table
from owner.texts import OwnerTexts
from training.terminal import translation


def translated(text: str, locale: str) -> str:
    """Return what the bot, training or export says, a sentence a line, in the language of a locale."""
    return by_table(text, sentences(language_of(locale)))


@cache
def sentences(language: str) -> dict[str, str]:
    """Return the sentences of a language by the English ones, those of the bot, training and export among them."""
    return {**translation.sentences(language), **texts_for(OwnerTexts, language).help}
