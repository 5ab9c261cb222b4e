"""Translation of commands: gives Discord the names and descriptions of commands in the member's language."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

from discord import Locale
from discord.app_commands import TranslationContextTypes, Translator, locale_str

from bot.i18n.languages import language_of, texts_for


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
        self._names = cache(self._names_in)

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """Return ``string`` in the language of ``locale``, or None to leave it in English."""
        del context
        return self._names(language_of(locale.value)).get(string.message) or None

    def _names_in(self, language: str) -> Mapping[str, str]:
        """Return all names in a language, by their English: Discord asks for each in each of its thirty locales."""
        names = dict[str, str]()
        for kind in reversed(self._kinds):
            names |= texts_for(kind, language).commands
        return names
