"""Korean and English, one file each; which one a member reads is their Discord's own language."""

from bot.i18n.english import ENGLISH
from bot.i18n.korean import KOREAN
from bot.i18n.texts import Texts


def texts_for(locale: str) -> Texts:
    """Return the texts for a Discord locale such as ``ko`` or ``en-US``: Korean where it is Korean."""
    return KOREAN if locale.partition("-")[0] == "ko" else ENGLISH


__all__ = ["ENGLISH", "KOREAN", "Texts", "texts_for"]
