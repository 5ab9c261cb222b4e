"""The source of a reader: a stretch of bytes that can be opened again and again: a file, or one entry of a zip archive.

Knows nothing of what the bytes mean.
"""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Self

from training.common.errors import ChatError

_BUFFER = 1 << 18
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with a name for people; ``size`` is their number, ``opener`` starts reading from the first one."""

    name: str
    size: int
    opener: Callable[[], BinaryIO]
    on_read: Callable[[int], None] | None = None

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return the source of a file on disk.

        Raises:
            ChatError: there is no such file, it may not be read, or it is a pipe, which can be read but once.
        """
        if path.exists() and not path.is_file():
            raise ChatError(f"{path.name} is no ordinary file: give the file that the chat's export made.")
        try:
            with path.open("rb"):
                pass
            return cls(path.name, path.stat().st_size, lambda: path.open("rb"))
        except OSError as error:
            raise ChatError(f"{path.name} cannot be read: {error.strerror}; check the path.") from error

    def metered(self, on_read: Callable[[int], None]) -> Self:
        """Return the same source, telling ``on_read`` how many bytes each read brought."""
        return replace(self, on_read=on_read)

    def open(self) -> io.BufferedReader:
        """Open the bytes for reading from the start; a read of a damaged archive raises ``ChatError``."""
        return io.BufferedReader(_Checked(self.name, self.opener(), self.on_read), _BUFFER)

    def look(self) -> io.BufferedReader:
        """Open the bytes as :meth:`open` does, but tell no meter."""
        return replace(self, on_read=None).open()

    def head(self) -> bytes:
        """Return the first bytes, enough to tell a format by."""
        with self.look() as stream:
            return stream.read(_HEAD)


_lzma = getattr(zipfile, "lzma", None)  # None where Python was built without it
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, *([_lzma.LZMAError] if _lzma else ()))
"""What reading an entry of an archive raises where its bytes are others than were packed."""


class _Checked(io.RawIOBase):
    def __init__(self, name: str, stream: BinaryIO, on_read: Callable[[int], None] | None) -> None:
        self._name = name
        self._stream = stream
        self._on_read = on_read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            chunk = self._stream.read(len(buffer))
        except _DAMAGED as error:
            raise ChatError(
                f"{self._name} is damaged inside its zip archive: copy or download the archive again."
            ) from error
        except OSError as error:
            raise ChatError(f"{self._name} cannot be read: {error.strerror}; copy it to this disk.") from error
        buffer[: len(chunk)] = chunk
        if self._on_read:
            self._on_read(len(chunk))
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()
