"""The request: what is to be answered, and how a button remembers it. No Discord but its markdown and limits."""

import re

from bot.bundle import normalise
from bot.features.custom_ids import within_limit
from bot.i18n import UnknownButtonError

CUSTOM_ID = re.compile(r"reply:.*", re.DOTALL)
_FAMILY = "reply:"


def custom_id(words: str) -> str | None:
    """Return the text by which a button remembers what is to be answered, or None where that is too long for one."""
    return within_limit(_FAMILY + words)


def of_button(custom_id: str) -> str:
    """Return what a 🔁 remembers.

    Raises:
        UnknownButtonError: no version made it.
    """
    words = custom_id.removeprefix(_FAMILY)
    if words != normalise(words):
        raise UnknownButtonError
    return words
