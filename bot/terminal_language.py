"""Who sits at the terminal, by the locale, and whole sentences in their language, by tables.

What no table has stays as it is. Knows nothing of who says a sentence, and no language.
"""

import ctypes
import os
import re
import sys
from collections.abc import Mapping
from functools import cache
from locale import windows_locale

_PLACE = re.compile(r"\{(\w+)\}")


def owner_locale() -> str:
    """Return the locale of who sits at the terminal, such as ``ko_KR.UTF-8``; empty where nothing tells it.

    By the environment as POSIX reads it; else, on Windows, by the language that Windows itself speaks to them.
    """
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    return chosen or _windows_locale() or ""


def _windows_locale() -> str | None:
    if sys.platform != "win32":
        return None
    return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def translated(text: str, table: Mapping[str, str]) -> str:
    """Return ``text``, a sentence a line, by a table; where braces stand, what is filled in, translated too."""
    return "\n".join(_line(line, table) for line in text.splitlines())


def _line(line: str, table: Mapping[str, str]) -> str:
    if line in table:
        return table[line]
    matches = {
        other: match.groupdict()
        for english, other in table.items()
        if "{" in english and (match := _pattern(english).fullmatch(line))
    }
    if not matches:
        return line
    closest = min(matches, key=lambda other: sum(map(len, matches[other].values())))  # whose own words are the most
    return closest.format(**{place: _line(value, table) for place, value in matches[closest].items()})


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what matches a sentence whatever is filled in."""
    parts = _PLACE.split(sentence)
    return re.compile("".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
