"""Plain text, one message a line: no names, no times.

Knows nothing of exports; it is what remains when no export is recognised.
"""

from collections.abc import Iterator

from training.text.message import UNDATED, Item, Message, Reason, Skipped
from training.text.readers.format import Format
from training.text.readers.lines import lines_of
from training.text.readers.source import Source


def _read(source: Source, codec: str) -> Iterator[Item]:
    for raw in lines_of(source, codec):
        line = raw.removesuffix("\n").removesuffix("\r")
        yield Message(UNDATED, "", line) if line.strip() else Skipped(Reason.BLANK)


FORMAT = Format("plain text", "lines", lambda head: 1e-6 if head else 0.0, _read)
