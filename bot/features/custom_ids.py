"""Custom ids: the text by which a button remembers what it is for. No Discord but its limit."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.i18n import UnknownButtonError, UserFacingError

TEMPERATURE = r"(?P<temperature>\d(?:\.\d{1,2})?)"
"""How a temperature is written: a pattern."""
_LIMIT = 100


def within_limit(custom_id: str) -> str | None:
    """Return the text, or None where it is too long for a button."""
    # Discord does not say how it counts an emoji: count it as the two units that it may take.
    return custom_id if len(custom_id.encode("utf-16-le")) // 2 <= _LIMIT else None


@contextmanager
def refusing_forged() -> Iterator[None]:
    """Have what nobody could have asked for be of no version: the button is forged.

    Raises:
        UnknownButtonError: where the block finds that a member could not have asked for it.
    """
    try:
        yield
    except UserFacingError:
        raise UnknownButtonError from None
