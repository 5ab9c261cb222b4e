"""Errors that a member reads, in their language. Knows nothing of how they reach them."""

from collections.abc import Hashable
from dataclasses import dataclass

from bot.i18n.languages import texts_for
from bot.i18n.texts import CoreTexts


class UserFacingError(Exception):
    """What a member asked for cannot be; names the sentence to answer, which is found in the language they read."""

    def __init__(self, texts: type, key: str, item: Hashable | None = None, /, **values: object) -> None:
        """Name the sentence ``key`` of ``texts``, or its ``item`` where it is a table, and what fills its braces.

        A value may be :class:`Named`.
        """
        super().__init__(key, item, values)
        self.texts = texts
        self.key = key
        self.item = item
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UserFacingError) and (self.texts, self.args) == (other.texts, other.args)

    def __hash__(self) -> int:
        return hash((self.texts, self.key, self.item))

    def sentence(self, locale: str) -> str:
        """Return the sentence for a Discord locale."""
        return self.worded(texts_for(self.texts, locale))

    def worded(self, texts: object) -> str:
        """Return the sentence in the words of one language."""
        pattern = getattr(texts, self.key) if self.item is None else getattr(texts, self.key)[self.item]
        values = {
            name: value.among(texts) if isinstance(value, Named) else value for name, value in self.values.items()
        }
        return str(pattern).format(**values)


@dataclass(frozen=True, slots=True)
class Named:
    """Things that a sentence names in the reader's language: ``keys`` of the table ``table`` of its texts."""

    table: str
    keys: tuple[str, ...]

    def among(self, texts: object) -> str:
        """Return what ``texts`` call them; a key that they do not have stands for itself."""
        names = getattr(texts, self.table)
        return ", ".join(names.get(key, key) for key in self.keys) or "–"


class UnknownButtonError(UserFacingError):
    """A press of a button that this version did not make: another version's, or nobody's."""

    def __init__(self) -> None:
        super().__init__(CoreTexts, "unknown_button")
