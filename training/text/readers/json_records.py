"""JSON read as it streams: a document of 200 MB is never in memory as a whole.

Knows nothing of what the objects mean.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import ijson

from training.common.errors import ChatError
from training.text.message import Item, Reason, Skipped
from training.text.readers.lines import tidied
from training.text.readers.source import Source

BROKEN_RECORD = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What a record raises whose values are missing, of another kind, or beyond every calendar."""

_DEEPEST = 60
_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def objects_of(source: Source, codec: str, prefix: str) -> Iterator[Any]:
    """Yield the values at ``prefix`` (ijson's notation); whole numbers come as ``int``, however long.

    Raises:
        ChatError: the document ends in the middle, is no JSON, or is nested as no export is.
    """
    _refuse_depth(source, codec)
    count = 0
    with source.open() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline="") as text:
        try:
            for value in ijson.items(_Utf8(text), prefix):
                yield value
                count += 1
        except ijson.IncompleteJSONError as error:
            raise ChatError(
                f"{source.name} ends in the middle, after {count} records: copy or download the whole file again."
            ) from error
        except (ijson.JSONError, ArithmeticError, ValueError) as error:
            raise ChatError(
                f"{source.name} is broken JSON after {count} records: give the export as it was made."
            ) from error


def items_of(source: Source, codec: str, prefix: str, item_of: Callable[[Any], Item]) -> Iterator[Item]:
    """Yield what ``item_of`` makes of each record at ``prefix``; a broken one costs itself alone.

    Raises:
        ChatError: as :func:`objects_of`.
    """
    for record in objects_of(source, codec, prefix):
        try:
            yield item_of(record)
        except BROKEN_RECORD:
            yield Skipped(Reason.UNREADABLE)


def written(value: object) -> str:
    """Return a name or a text of a record, tidied.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} is no text")
    return tidied(value)


def _refuse_depth(source: Source, codec: str) -> None:
    """Refuse a document whose nesting would fill the memory: the path of each value is as long as it is deep."""
    depth = 0
    with source.look() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline="") as text:
        for event in _events_of(text):
            depth += _STEPS.get(event, 0)
            if depth > _DEEPEST:
                raise ChatError(f"{source.name} is nested deeper than any export is: give the export as it was made.")


def _events_of(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield what the document is made of, as far as it is JSON; where it is none is said when it is read."""
    with contextlib.suppress(ijson.JSONError, ArithmeticError, ValueError):
        for event, _ in ijson.basic_parse(_Utf8(text)):
            yield event


class _Utf8:
    """What ijson wants to read from, whatever encoding the file is in."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, size: int) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")
