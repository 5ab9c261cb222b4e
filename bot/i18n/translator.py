"""Translation of commands: gives Discord the names and descriptions of commands in the member's language."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.i18n.languages import texts_for


class CommandTexts(Protocol):
    """The texts of a feature with commands."""

    @property
    def commands(self) -> Mapping[str, str]:
        """Names and descriptions of commands and options, by their English."""


class CommandTranslator(Translator):
    """English is what stands in the code; the texts of the features add the other languages."""

    def __init__(self, kinds: Iterable[type[CommandTexts]]) -> None:
        """Take the kinds of texts, in the order in which a name is looked for."""
        self._kinds = tuple(kinds)

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """Return ``string`` in the language of ``locale``, or None to leave it in English."""
        del context
        names = (texts_for(kind, locale.value).commands.get(string.message) for kind in self._kinds)
        return next(filter(None, names), None)
