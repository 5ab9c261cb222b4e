"""The sentences that stand in the code, to see that a table of translations has none that is gone."""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from bot.terminal_language import translated

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
        if not {text, text.removeprefix("{} ")} & said and not together.fullmatch(text) and not _is_in(text, said)
    }


def _is_in(sentence: str, said: Collection[str]) -> bool:
    """Say whether what is said has its places filled in already, or is such a filling, or the name of a file."""
    whole = re.compile(re.escape(sentence).replace(_ANYTHING, ".+"))
    return any(text.startswith((f"{sentence}: ", f"{sentence}.")) or whole.fullmatch(text) for text in said)


def _puts_together(text: str) -> bool:
    return "{}" in text and len(text.replace("{}", "")) > _TELLING


def sentences_in(*folders: str) -> set[str]:
    """Return every text in the code of some folders, what is filled in left out; docstrings as one line."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return {shape(text) for file in files if not {"ko", "en"} & {file.stem, file.parent.name} for text in _texts(file)}


def _texts(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from (" ".join(part.split()) for part in node.value.split("\n\n"))


def _nodes(*folders: str) -> Iterator[ast.AST]:
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def said_by(speaks: Callable[[ast.Call], bool], *folders: str) -> set[str]:
    """Return the shape of every text that the code of some folders gives first to what ``speaks``."""
    calls = (node for node in _nodes(*folders) if isinstance(node, ast.Call) and speaks(node))
    arguments = (part for call in calls for argument in call.args[:1] for part in _alternatives(argument))
    return {shape(text) for argument in arguments for text in _text_of(argument)}


def returned_by(names: Collection[str], *folders: str) -> set[str]:
    """Return every text, as its shape, that functions of some names return in the code of some folders."""
    functions = (node for node in _nodes(*folders) if isinstance(node, ast.FunctionDef) and node.name in names)
    returns = (node for function in functions for node in ast.walk(function) if isinstance(node, ast.Return))
    arguments = (part for node in returns if node.value for part in _alternatives(node.value))
    return {shape(text) for argument in arguments for text in _text_of(argument)}


def sentences_of(names: Collection[str], *folders: str) -> set[str]:
    """Return the shape of every whole sentence in functions of some names, but for docstrings."""
    functions = (node for node in _nodes(*folders) if isinstance(node, ast.FunctionDef) and node.name in names)
    bodies = (part for function in functions for part in function.body[ast.get_docstring(function) is not None :])
    texts = {
        text for body in bodies for node in ast.walk(body) for text in _text_of(node) if isinstance(node, ast.expr)
    }
    return {shape(text) for text in texts if text.endswith(".") and (text[:1].isupper() or text.startswith("{}"))}


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    else:
        yield node


def _text_of(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def name_of(call: ast.Call) -> str:
    """Return what is called, without where it is."""
    return ast.unparse(call.func).rpartition(".")[2]


def untranslated(said: Iterable[str], table: Mapping[str, str]) -> Iterator[str]:
    """Yield what stays as it is by a table, whatever is filled in; what has no word of its own is nobody's language."""
    for text in sorted(said):
        example = text.replace("{}", "7")
        if re.search("[a-z]{2}", example) and translated(example, table) == example:
            yield text
