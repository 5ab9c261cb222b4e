"""Languages: which there are, which one a member reads, and the sentences that no feature has for itself."""

from bot.i18n.errors import Named, UnknownButtonError, UserFacingError
from bot.i18n.languages import INTERNATIONAL, LANGUAGES, language_of, texts_for
from bot.i18n.texts import CoreTexts
from bot.terminal_language import owner_locale

__all__ = [
    "INTERNATIONAL",
    "LANGUAGES",
    "CoreTexts",
    "Named",
    "UnknownButtonError",
    "UserFacingError",
    "language_of",
    "owner_locale",
    "texts_for",
]
