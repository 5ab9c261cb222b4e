"""What a member typed behind a command: visible, not too long, and perhaps with a count at its end. No Discord.

Discord's client puts all that is typed behind a command into its first option.
"""

import re

from bot.bundle import normalise
from bot.i18n import UserFacingError

MOST_CHARACTERS = 200
HIGHEST_TEMPERATURE = 2.0
_ENDS_IN_A_COUNT = re.compile(r"(?P<word>.*\S)\s+(?P<n>\d{1,2})", re.DOTALL)


def visible(typed: str, texts: type, limit: int = MOST_CHARACTERS) -> str:
    """Return what was typed on one line.

    Raises:
        UserFacingError: nothing of it is visible (``nothing_typed`` of ``texts``), or it is longer than ``limit``
            characters (``too_long``).
    """
    text = normalise(typed)
    if not text:
        raise UserFacingError(texts, "nothing_typed")
    if len(text) > limit:
        raise UserFacingError(texts, "too_long", limit=limit)
    return text


def split_count(word: str, least: int, most: int) -> tuple[str, int | None]:
    """Return what to begin with, and the count that stands behind it alone: ``윤혜 5``.

    A number that is all there is, that something is written onto (``5개``) or that is no such count (``월드컵 2026``)
    is part of the word.
    """
    match = _ENDS_IN_A_COUNT.fullmatch(normalise(word))
    if match is None or not least <= int(match["n"]) <= most:
        return word, None
    return match["word"], int(match["n"])
