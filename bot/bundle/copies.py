"""Copies of a bundle's files in a file without a name: what lies in a folder may be overwritten while it serves.

They are on the disk, and gone with the process however that ends. Knows nothing of what is in a file.
"""

import hashlib
import os
import shutil
import tempfile
from errno import ENOSPC
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

_PIECE = 2**20
_SPARE = 256 * 2**20
"""Bytes that are left free on the disk: the database may lie there, too."""


class Copies:
    """Copies of files, each found by what it hashes to; of one that several bundles have there is one copy."""

    def __init__(self, folder: Path) -> None:
        """Begin with none, on the disk of ``folder``.

        Raises:
            OSError: nothing can be written there.
        """
        self._folder = folder
        self._stream = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is open as long as this is
        self._one_at_a_time = Lock()
        self._places: dict[str, tuple[int, int]] = {}
        self._others: dict[str, Copies] = {}

    def take(self, path: Path, sha256: str) -> str:
        """Copy a file, unless there is a copy of what hashes to ``sha256``; return what the file hashes to.

        Raises:
            OSError: it cannot be read, or there is no room for it.
        """
        if (known := _known.get(sha256)) is not None:
            with path.open("rb") as source:
                actual = hashlib.file_digest(source, "sha256").hexdigest()
            if known is not self:
                self._others[sha256] = known
            return actual
        if shutil.disk_usage(self._folder).free < path.stat().st_size + _SPARE:
            raise OSError(ENOSPC, os.strerror(ENOSPC))
        digest, begin = hashlib.sha256(), self._stream.seek(0, os.SEEK_END)
        with path.open("rb") as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
                self._stream.write(piece)
        self._stream.flush()
        actual = digest.hexdigest()
        self._places[actual] = begin, self._stream.tell() - begin
        _known[actual] = self
        return actual

    def read(self, sha256: str) -> bytes:
        """Return the bytes of a file that was taken."""
        holder = self._others.get(sha256, self)
        begin, size = holder._places[sha256]
        with holder._one_at_a_time:
            holder._stream.seek(begin)
            return holder._stream.read(size)


_known: WeakValueDictionary[str, Copies] = WeakValueDictionary()
