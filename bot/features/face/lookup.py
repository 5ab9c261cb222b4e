"""Lookup of attributes and models by what members call them, in any language. Knows no Discord."""

from collections.abc import Iterable, Mapping

from bot.features.face.texts import FaceTexts
from bot.i18n import LANGUAGES, texts_for


def named_attribute(typed: str, attributes: Iterable[str]) -> str | None:
    """Return which of ``attributes`` is meant, or None."""
    attributes = tuple(attributes)
    for language in LANGUAGES:
        attribute = named(typed, attributes, texts_for(FaceTexts, language).attributes)
        if attribute is not None:
            return attribute
    return None


def named(typed: str, candidates: Iterable[str], labels: Mapping[str, str]) -> str | None:
    """Return which of ``candidates`` is meant, by its name or by what ``labels`` call it."""
    plain = _plain(typed)
    for name in candidates:
        if plain in (_plain(name), _plain(labels.get(name, name))):
            return name
    return None


def attribute_name(name: str, texts: FaceTexts) -> str:
    """Return what an attribute is called; one that no language has a word for yet, by its name in the bundle."""
    return texts.attributes.get(name, name.replace("_", " "))


def signed(strength: float) -> str:
    """Return a strength as people read it, with the minus sign that is as long as the plus: +1.5, −2."""
    return f"{strength:+g}".replace("-", "−")


def matching(typed: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return those of ``names``, what things are called by their own names, in which what is typed so far occurs."""
    part = _plain(typed)
    return {name: label for name, label in names.items() if part in _plain(label) or part in _plain(name)}


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()
