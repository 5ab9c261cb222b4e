"""The languages members read, and the texts of a part of the bot in one of them.

A language is one more code in :data:`LANGUAGES`, and a module of that name beside every ``texts.py``. Knows no text.
"""

from functools import cache
from importlib import import_module
from typing import TypeVar

T = TypeVar("T")

LANGUAGES = ("ko", "en")
"""Discord's locales without the country. The first is a server's until somebody chose its channel."""
INTERNATIONAL = "en"
"""For whoever reads none of them, and for the terminal."""


def language_of(locale: str) -> str:
    """Return the language for a locale, Discord's such as ``ko`` or ``en-US``, or a terminal's such as ``ko_KR``."""
    code = locale.replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else INTERNATIONAL


def texts_for(kind: type[T], locale: str) -> T:
    """Return the texts of ``kind``, such as ``SayTexts``, for a Discord locale."""
    texts = _texts(f"{kind.__module__.rpartition('.')[0]}.{language_of(locale)}")
    if not isinstance(texts, kind):
        raise TypeError(f"The texts in {language_of(locale)} are no {kind.__name__}")
    return texts


@cache
def _texts(module: str) -> object:
    # The import system would look for what is imported anew each time, some thousand times at a start.
    texts: object = import_module(module).TEXTS
    return texts
