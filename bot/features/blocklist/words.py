"""The words of an answer: what the model made up in a message, without small print and mentions. Knows no Discord."""

import re

from bot.bundle import normalise
from bot.i18n import LANGUAGES, CoreTexts, texts_for
from bot.markdown import shown, small, turns_in

_SMALL = small("")
_MENTION = re.compile(r"(?<!\\)<@!?\d+>")


def made_up(markdown: str) -> str:
    """Return what the model made up in a message of the bot, on one line; "" where it made up nothing.

    That it did stands in the small print. Whom a wish is for stands on a line of its own, and is no word of the model.
    """
    lines = markdown.splitlines()
    notes = " ".join(line for line in lines if line.startswith(_SMALL))
    if not any(sign in notes for language in LANGUAGES for sign in _signs(texts_for(CoreTexts, language))):
        return ""
    words = [line for line in lines if not line.startswith(_SMALL) and not _MENTION.search(line)]
    return normalise(shown(" ".join(words)))


def lines_made_up(markdown: str) -> list[str]:
    """Return what :func:`made_up` does, of a dialogue each turn by itself."""
    line = made_up(markdown)
    if line and (turns := turns_in(markdown)):
        return [text for _, text in turns]
    return [line] if line else []


def _signs(texts: CoreTexts) -> tuple[str, str]:
    return texts.by_a_model, texts.picked_by_a_model
