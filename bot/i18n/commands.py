"""Gives Discord the names and descriptions of commands in the member's language."""

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.i18n.korean import KOREAN


class CommandNames(Translator):
    """English is what stands in the code; this adds Korean."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """Return the Korean of ``string``, or None to leave it in English."""
        del context
        return KOREAN.commands.get(string.message) if locale is Locale.korean else None
