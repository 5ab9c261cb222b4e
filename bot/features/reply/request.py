"""The request: what is to be answered, and how a button remembers it. No Discord but its markdown and limits."""

import re

from bot.bundle import normalise
from bot.bundle.verbatim import Spelling
from bot.i18n import UnknownButtonError
from bot.markdown import small

CUSTOM_ID = re.compile(r"reply:.*", re.DOTALL)
_CUSTOM_ID_LIMIT = 100
_FAMILY = "reply:"
_SMALL = small("")
# Mentions of users, roles, channels and commands, emoji of a server, times; and links, which say nothing to answer.
_NO_WORDS = re.compile(r"<(?:@[!&]?|#|/[^:>]{1,100}:|a?:\w{1,32}:|t:)-?\d+(?::\w)?>|@(?:everyone|here)|https?://\S+")


def words_of(markdown: str) -> str:
    """Return the words of a message, on one line; "" where it has none: a picture alone, a mention alone."""
    lines = (line for line in markdown.splitlines() if not line.startswith(_SMALL))
    return normalise(_NO_WORDS.sub(" ", " ".join(lines)))


def say_something(words: str) -> bool:
    """Say whether there is a letter or a digit in ``words``: to signs and emoji alone nobody has an answer."""
    return bool(Spelling.of(words).letters)


def custom_id(words: str) -> str | None:
    """Return the text by which a button remembers what is to be answered, or None where that is too long for one."""
    text = _FAMILY + words
    # Discord does not say how it counts an emoji: count it as the two units that it may take.
    return text if len(text.encode("utf-16-le")) // 2 <= _CUSTOM_ID_LIMIT else None


def of_button(custom_id: str) -> str:
    """Return what a 🔁 remembers.

    Raises:
        UnknownButtonError: no version made it.
    """
    words = custom_id.removeprefix(_FAMILY)
    if words != normalise(words):
        raise UnknownButtonError
    return words
