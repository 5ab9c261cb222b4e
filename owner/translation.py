"""What commands say in English, in the language of whoever reads it: by tables of whole sentences in each language.

A sentence that no table has stays as it is. Knows nothing of who says it.
"""

import re
from collections.abc import Mapping
from functools import cache

from bot.i18n import language_of, texts_for
from owner.texts import OwnerTexts


def translated(sentence: str, locale: str) -> str:
    """Return a sentence, or some with a line each, in the language of a locale."""
    return "\n".join(_line(line, language_of(locale)) for line in sentence.splitlines())


def _line(line: str, language: str) -> str:
    for pattern, template in _patterns(language):
        if match := pattern.fullmatch(line):
            return template.format(**match.groupdict())
    return line


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    table: Mapping[str, str] = texts_for(OwnerTexts, language).of_commands
    return [(_pattern(sentence), template) for sentence, template in table.items()]


def _pattern(sentence: str) -> re.Pattern[str]:
    """Return what matches a sentence whatever is filled in where braces stand."""
    parts = re.split(r"\{(\w+)\}", sentence)
    return re.compile("".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)))
