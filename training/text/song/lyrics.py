"""Lyrics of the owner's own, as plain text: a line a line, a blank one where a stanza ends. None of them is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from bot.bundle import normalise
from training.common.errors import ChatError
from training.text.readers.encoding import encoding_of
from training.text.readers.source import Source

_LONGEST = 200
"""Letters of a line: what is longer is no lyrics."""


@dataclass(frozen=True, slots=True)
class Lyrics:
    """The lines of some files, and the positions at which a stanza begins."""

    lines: tuple[str, ...] = ()
    begins: frozenset[int] = frozenset()

    @classmethod
    def read(cls, files: Sequence[Path]) -> Self:
        """Read files of lyrics.

        Raises:
            ChatError: one cannot be read, or holds no lines of lyrics.
        """
        lines, begins = list[str](), set[int]()
        for file in files:
            before = len(lines)
            begins.add(before)
            for line in map(normalise, _text_of(file).splitlines()):
                if line:
                    lines.append(line[:_LONGEST])
                else:
                    begins.add(len(lines))
            if len(lines) == before:
                raise ChatError(f"{file.name} holds no line of lyrics: give a plain text file, a line a line.")
        return cls(tuple(lines), frozenset(begins))

    def digest(self) -> str:
        """Return a hash of them, by which a stopped training knows them again."""
        return sha256("\n".join(self.lines).encode()).hexdigest()


def _text_of(file: Path) -> str:
    source = Source.of(file)
    encoding = encoding_of(source)
    with source.open() as stream:
        return stream.read().decode(encoding.codec, "replace")
