"""Files that the owner adds: put into a folder whole, under a name that leads nowhere else, equal ones once."""

import os
import re
import shutil
import struct
import time
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory, mkstemp
from threading import Lock
from typing import IO

from bot.bundle import sha256_of
from bot.bundle.files import flush
from owner.errors import StepError

_SPARE = 50_000_000
"""Bytes that are left free."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 50
"""Characters of a name: of four bytes each they still fit the 255 bytes that most file systems take."""
_PIECE = 1 << 20
_ABANDONED = 3600.0
"""Seconds after which what is hidden here was left by a killed process: while a file comes, it is written to."""
_LEFT_BY_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/|\._)")
_SURE, _LARGEST_RATIO = 200_000_000, 20
"""Bytes that a zip may hold however small it is, and beyond that how many times its size: photos hardly shrink."""
_lzma = getattr(zipfile, "lzma", None)  # None where Python was built without it
_DAMAGED = (
    *(zipfile.BadZipFile, NotImplementedError, OSError, ValueError, IndexError, OverflowError, RuntimeError),
    *(EOFError, struct.error, zlib.error, *([_lzma.LZMAError] if _lzma else ())),
)
"""What opening a zip raises, or an entry that is damaged or locked with a password."""
_one_place_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files of one kind, in a folder. Where only some ``suffixes`` will do, a zip is unpacked, and they stay."""

    folder: Path
    suffixes: frozenset[str] = frozenset()

    @property
    def files(self) -> list[Path]:
        """The files there, by name, with -2 before -10."""
        if not self.folder.is_dir():
            return []
        return sorted((file for file in self.folder.iterdir() if file.is_file() and file.name[0] != "."), key=_natural)

    def add(self, name: str, content: IO[bytes], size: int | None = None, there: "Contents | None" = None) -> None:
        """Add a file, or what is in a zip; equal ones are there once.

        ``content`` is copied in pieces, so it may be large; ``size`` is its length where that is known. Whoever adds
        many gives what is ``there`` along from one to the next.

        Raises:
            StepError: the disk has no room for it, it is of no such kind, or holds nothing of it.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take_away_hidden(before=time.time() - _ABANDONED)
        if self.suffixes and name.lower().endswith(".zip"):
            self._unpack(name, content, size, there or Contents(self.folder))
        elif self.suffixes and not self._takes(name):
            raise StepError("no_such_kind", file=name)
        else:
            self._keep(name, content, size, there or Contents(self.folder))

    def clear(self) -> None:
        """Take all of them away."""
        for file in self.files:
            file.unlink()
        self._take_away_hidden()

    def _take_away_hidden(self, before: float = float("inf")) -> None:
        """Take away what came half and was last written to ``before`` a time."""
        for each in self.folder.glob(".*"):
            with suppress(OSError):  # it may be whole by now
                if each.stat().st_mtime >= before:
                    continue
                if each.is_dir():
                    shutil.rmtree(each)
                else:
                    each.unlink()

    def remove(self, name: str) -> None:
        """Take a file away again."""
        for file in self.files:
            if file.name == name:
                file.unlink()

    def _takes(self, name: str) -> bool:
        return PurePosixPath(name).suffix.lower() in self.suffixes and not _LEFT_BY_SYSTEMS.match(name)

    def _unpack(self, name: str, content: IO[bytes], size: int | None, there: "Contents") -> None:
        """Keep what is in a zip, each file under its own name; the zip itself lies here only meanwhile."""
        with TemporaryDirectory(dir=self.folder, prefix=".") as beside:
            archive = Uploads(Path(beside))
            archive._keep(name, content, size, Contents(archive.folder))
            try:
                with zipfile.ZipFile(archive.files[0]) as opened:
                    entries = [entry for entry in opened.infolist() if self._takes(entry.filename)]
                    if not entries:
                        raise StepError("nothing_in_zip", file=name)
                    # zipfile never gives more bytes than an entry claims, so the claims can be trusted as limits.
                    total = sum(entry.file_size for entry in entries)
                    if total > max(_SURE, _LARGEST_RATIO * archive.files[0].stat().st_size):
                        raise StepError("swollen_zip", file=name)
                    self._check_room(total)
                    for entry in entries:
                        with opened.open(entry) as inside:
                            self._keep(entry.filename, inside, entry.file_size, there)
            except _DAMAGED as error:
                raise StepError("bad_zip", file=name) from error

    def _keep(self, name: str, content: IO[bytes], size: int | None, there: "Contents") -> None:
        self._check_room(size or 0)
        try:
            with _beside(self.folder) as beside:
                with beside.open("wb") as stream:
                    shutil.copyfileobj(content, stream, _PIECE)
                flush(beside)
                if there.is_new(beside):
                    with _one_place_at_a_time:
                        beside.rename(_free_place(self.folder, name))
        except OSError as error:
            place = self.folder / _cleaned(name)
            raise StepError("cannot_write", place=place, reason=error.strerror or error) from error

    def _check_room(self, size: int) -> None:
        if shutil.disk_usage(self.folder).free < size + _SPARE:
            raise StepError("disk_full", folder=self.folder)


class Contents:
    """What is in a folder, by size and hash: of thousands of files none has to be compared with all others."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is looked through when the first file asks."""
        self._folder = folder
        self._hashes: dict[int, set[str]] = {}

    @cached_property
    def _files(self) -> dict[int, list[str]]:
        files = defaultdict(list)
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.is_file() and not entry.name.startswith("."):
                    files[entry.stat().st_size].append(entry.path)
        return files

    def is_new(self, file: Path) -> bool:
        """Say whether nothing that is there, or was asked about before, is equal to a file."""
        size, own = file.stat().st_size, sha256_of(file)
        if size not in self._hashes:
            self._hashes[size] = {sha256_of(Path(each)) for each in self._files.get(size, ())}
        is_new = own not in self._hashes[size]
        self._hashes[size].add(own)
        return is_new


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """Yield a hidden file for what comes now, of a name of its own; what is left of it at the end goes."""
    handle, name = mkstemp(dir=folder, prefix=".")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _free_place(folder: Path, name: str) -> Path:
    cleaned = _cleaned(name)
    path, number = folder / cleaned, 2
    while path.exists():
        path, number = folder / f"{Path(cleaned).stem} ({number}){Path(cleaned).suffix}", number + 1
    return path


def _cleaned(name: str) -> str:
    return _FORBIDDEN.sub("_", Path(name.replace("\\", "/")).name).strip(". ")[-_LONGEST:] or "file"


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name)]
