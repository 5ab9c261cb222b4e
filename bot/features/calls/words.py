"""The words of a message on Discord, without what acts or says nothing. No Discord but its markdown."""

import re

from bot.bundle import normalise
from bot.bundle.verbatim import Spelling
from bot.markdown import small

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
