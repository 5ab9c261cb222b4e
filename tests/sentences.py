"""The sentences that stand in the code, to see that a table of translations has none that is gone."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_PLACE = re.compile(r"\{[^{}]*\}")
_ANYTHING = re.escape("{}")
_TELLING = 10
"""Letters from which on a text with places to fill in is a sentence."""


def shape(sentence: str) -> str:
    """Return a sentence with nothing in its braces."""
    return _PLACE.sub("{}", sentence)


def unsaid(sentences: Iterable[str], *folders: str) -> set[str]:
    """Return which of some sentences nothing in the code of some folders says, whole or put together there."""
    said = sentences_in(*folders)
    together = re.compile("|".join(re.escape(text).replace(_ANYTHING, ".+") for text in said if _puts_together(text)))
    return {
        text
        for text in map(shape, sentences)
        if not {text, text.removeprefix("{} ")} & said and not together.fullmatch(text)
    }


def _puts_together(text: str) -> bool:
    return "{}" in text and len(text.replace("{}", "")) > _TELLING


def sentences_in(*folders: str) -> set[str]:
    """Return every text in the code of some folders, what is filled in left out; docstrings as one line."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {shape(text) for file in files if file.stem not in {"ko", "en"} for text in _texts(file)}


def _texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from (" ".join(part.split()) for part in node.value.split("\n\n"))
