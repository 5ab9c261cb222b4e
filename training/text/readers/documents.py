"""JSON read as it streams: a document of 200 MB is never in memory as a whole.

Knows nothing of what the objects mean.
"""

import io
from collections.abc import Iterator
from typing import Any

import ijson

from training.text.message import ChatError
from training.text.readers.source import Source


def objects_of(source: Source, codec: str, prefix: str) -> Iterator[Any]:
    """Yield the values at ``prefix`` (ijson's notation); whole numbers come as ``int``, however long.

    Raises:
        ChatError: the document ends in the middle, or is no JSON.
    """
    count = 0
    with source.open() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline="") as text:
        try:
            for value in ijson.items(_Utf8(text), prefix):
                yield value
                count += 1
        except ijson.IncompleteJSONError as error:
            raise ChatError(f"{source.name} ends in the middle, after {count} records: export it again.") from error
        except ijson.JSONError as error:
            raise ChatError(f"{source.name} is broken JSON after {count} records: export it again.") from error


class _Utf8:
    """What ijson wants to read from, whatever encoding the file is in."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def read(self, size: int) -> bytes:
        return self._text.read(size).encode("utf-8", "replace")
