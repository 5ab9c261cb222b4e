"""What training and export say at their owner's terminal, in the owner's language. Knows nothing of who says it.

They raise and print English; here, at the door, it becomes the owner's, by tables of whole sentences. What of the
bot's own is said here, such as that a bundle is damaged, is in the bot's table.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rich.console import Console
from rich.text import Text
from typing_extensions import override

from bot.terminal import ko as bot_ko
from bot.terminal_language import owner_locale, translated
from training.terminal import ko

_KOREAN = "ko"


def language_of_terminal() -> str:
    """Return the language of whoever sits at the terminal, by its locale: ``ko`` or ``en``."""
    return _KOREAN if owner_locale().startswith(_KOREAN) else "en"


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return the sentences of a language by the English ones; English has none."""
    return {**bot_ko.TEXTS.sentences, **ko.SENTENCES} if language == _KOREAN else {}


def in_owners_language(text: str) -> str:
    """Return what is said, a sentence a line, in the language of who sits at the terminal."""
    return translated(text, sentences(language_of_terminal()))


class LocalizedConsole(Console):
    """A console that says every text in the owner's language, also those in tables; a ``Text`` is left as it is."""

    @override
    def render_str(self, text: str, **options: Any) -> Text:
        """Make a text of what is to be shown."""
        return super().render_str(in_owners_language(text), **options)
