"""What members call attributes and models, in either language. Knows no Discord."""

from collections.abc import Iterable, Mapping

from bot.i18n import ENGLISH, KOREAN


def named_attribute(typed: str, known: Iterable[str]) -> str | None:
    """Return which of the ``known`` attributes is meant, or None."""
    known = tuple(known)
    for texts in (KOREAN, ENGLISH):
        found = named(typed, known, texts.face.attributes)
        if found is not None:
            return found
    return None


def named(typed: str, known: Iterable[str], names: Mapping[str, str]) -> str | None:
    """Return which of ``known`` is meant, by its name or by what ``names`` call it."""
    plain = " ".join(typed.replace("_", " ").split()).casefold()
    for name in known:
        if plain in (name.replace("_", " ").casefold(), names[name].casefold()):
            return name
    return None
