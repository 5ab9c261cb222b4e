"""Names of taught things: checked when they are given, and the same however they are spelt. Knows no Discord."""

import re
import unicodedata
from collections.abc import Collection, Set
from dataclasses import dataclass
from hashlib import blake2b

from bot.bundle import normalise
from bot.bundle.verbatim import FEWEST_LETTERS, Spelling
from bot.features.teach.texts import TeachTexts
from bot.i18n import UserFacingError

LONGEST = 30
_CALLS = re.compile(r"<[@#&:!/]|@(?:everyone|here)\b|\w://|discord\.gg/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called, and the key under which it is the same in capitals, other forms or without blanks."""

    text: str
    key: str


def checked_name(typed: str, refused: Set[str]) -> Name:
    """Return the name that somebody typed; it is none of the lines that were ``refused`` there, nor has one in it.

    Raises:
        UserFacingError: it has no letters or too many, it would call somebody or lead somewhere, or it is refused.
    """
    text = normalise(typed)
    key = _letters(text)
    if not any(map(str.isprintable, key)):
        raise UserFacingError(TeachTexts, "no_name")
    if len(text) > LONGEST:
        raise UserFacingError(TeachTexts, "long_name", most=LONGEST)
    if _CALLS.search(text):
        raise UserFacingError(TeachTexts, "calling_name")
    if refused_among([text], refused):
        raise UserFacingError(TeachTexts, "refused_name")
    return Name(text, blake2b(key.encode(), digest_size=16).hexdigest())


def refused_among(names: Collection[str], refused: Set[str]) -> frozenset[str]:
    """Return the names that are a line that was refused, or have a word that is, or in which a longer line stands.

    Of all at once: to spell the hundreds of lines of a server takes milliseconds, and the event loop waits.
    """
    lines = {Spelling.of(line).letters for line in refused} - {""} if names else set()
    return frozenset(name for name in names if _is_refused(name, lines))


def _is_refused(name: str, lines: Set[str]) -> bool:
    whole = Spelling.of(name).letters
    parts = {whole, *(Spelling.of(word).letters for word in name.split())} - {""}
    return bool(parts & lines) or any(len(line) >= FEWEST_LETTERS and line in whole for line in lines)


def _letters(name: str) -> str:
    """Return a name without capitals, blanks and compatibility forms (Unicode UAX 15: NFKC with case folding)."""
    return "".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())
