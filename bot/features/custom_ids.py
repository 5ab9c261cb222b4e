"""Custom ids: the text by which a button remembers what it is for. No Discord but its limit."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from bot.i18n import UnknownButtonError, UserFacingError

TEMPERATURE = r"(?P<temperature>\d(?:\.\d{1,2})?)"
"""How a temperature is written: a pattern."""
CODE = 4
"""Letters of a :func:`code`."""
_LIMIT = 100
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def within_limit(custom_id: str) -> str | None:
    """Return the text, or None where it is too long for a button."""
    # Discord does not say how it counts an emoji: count it as the two units that it may take.
    return custom_id if len(custom_id.encode("utf-16-le")) // 2 <= _LIMIT else None


def code(key: str) -> str:
    """Return four letters for something, which stay what they are whatever else a bundle has."""
    return in_base_36(zlib.crc32(key.encode()) % 36**CODE, CODE)


def in_base_36(number: int, digits: int = 1) -> str:
    """Return a number in at least so many digits; ``int(_, 36)`` reads it again."""
    written = ""
    while number:
        number, digit = divmod(number, 36)
        written = _DIGITS[digit] + written
    return written.rjust(digits, "0")


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
