"""The words of an answer: what the model made up in a message, without small print and mentions. Knows no Discord."""

import re

from bot.bundle import normalise
from bot.i18n import LANGUAGES, CoreTexts, texts_for
from bot.markdown import small, sung_in, turns_in, unescaped

_SMALL = small("")
_MENTION = re.compile(r"(?<!\\)<@!?\d+>")


def generated_text(markdown: str) -> str:
    """Return what the model made up in a message of the bot, on one line; "" where it made up nothing.

    That it did stands in the small print. Whom a wish is for stands on a line of its own, and is no word of the model.
    """
    return _words(markdown) if _is_generated(markdown) else ""


def generated_lines(markdown: str) -> list[str]:
    """Return what :func:`generated_text` does, of a dialogue each turn by itself and of a song each line."""
    if not _is_generated(markdown):
        return []
    if turns := turns_in(markdown):
        return [text for _, text in turns]
    spoken, sung = sung_in(markdown)
    return [*filter(None, [_words(spoken)]), *sung]


def _is_generated(markdown: str) -> bool:
    notes = " ".join(line for line in markdown.splitlines() if line.startswith(_SMALL))
    return any(sign in notes for language in LANGUAGES for sign in _signs(texts_for(CoreTexts, language)))


def _words(markdown: str) -> str:
    words = [line for line in markdown.splitlines() if not line.startswith(_SMALL) and not _MENTION.search(line)]
    return normalise(unescaped(" ".join(words)))


def _signs(texts: CoreTexts) -> tuple[str, str]:
    return texts.by_a_model, texts.picked_by_a_model
