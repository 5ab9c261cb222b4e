"""Files that the owner adds: put into a folder whole, under a name that leads nowhere else, equal ones once."""

import filecmp
import re
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO
from zipfile import BadZipFile, ZipFile

from bot.bundle.files import whole
from owner.errors import StepError

_SPARE = 50_000_000
"""Bytes that are left free."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 50
"""Characters of a name: of four bytes each they still fit the 255 bytes that most file systems take."""
_PIECE = 1 << 20
_LEFT_BY_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/|\._)")
_SURE, _LARGEST_RATIO = 200_000_000, 20
"""Bytes that a zip may hold however small it is, and beyond that how many times its size: photos hardly shrink."""
_DAMAGED = (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)
"""What opening a zip raises, or an entry that is damaged or locked with a password."""


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

    def add(self, name: str, content: IO[bytes], size: int | None = None) -> None:
        """Add a file, or what is in a zip; equal ones are there once.

        ``content`` is copied in pieces, so it may be large; ``size`` is its length where that is known.

        Raises:
            StepError: the disk has no room for it, it is of no such kind, or holds nothing of it.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.suffixes and name.lower().endswith(".zip"):
            self._unpack(name, content, size)
        elif self.suffixes and not self._takes(name):
            raise StepError("no_such_kind", file=name)
        else:
            self._keep(name, content, size)

    def clear(self) -> None:
        """Take all of them away."""
        for file in self.files:
            file.unlink()

    def remove(self, name: str) -> None:
        """Take a file away again."""
        for file in self.files:
            if file.name == name:
                file.unlink()

    def _takes(self, name: str) -> bool:
        return PurePosixPath(name).suffix.lower() in self.suffixes and not _LEFT_BY_SYSTEMS.match(name)

    def _unpack(self, name: str, content: IO[bytes], size: int | None) -> None:
        """Keep what is in a zip, each file under its own name; the zip itself lies here only meanwhile."""
        with TemporaryDirectory(dir=self.folder, prefix=".") as beside:
            archive = Uploads(Path(beside))
            archive._keep(name, content, size)
            try:
                with ZipFile(archive.files[0]) as opened:
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
                            self._keep(entry.filename, inside, entry.file_size)
            except _DAMAGED as error:
                raise StepError("bad_zip", file=name) from error

    def _keep(self, name: str, content: IO[bytes], size: int | None) -> None:
        self._check_room(size or 0)
        place = _free_place(self.folder, name)
        try:
            with whole(place) as beside, beside.open("wb") as stream:
                shutil.copyfileobj(content, stream, _PIECE)
            place.chmod(0o600)
        except OSError as error:
            raise StepError("cannot_write", place=place, reason=error.strerror or error) from error
        if any(_are_equal(file, place) for file in self.files):
            place.unlink()

    def _check_room(self, size: int) -> None:
        if shutil.disk_usage(self.folder).free < size + _SPARE:
            raise StepError("disk_full", folder=self.folder)


def _free_place(folder: Path, name: str) -> Path:
    cleaned = _FORBIDDEN.sub("_", Path(name.replace("\\", "/")).name).strip(". ")[-_LONGEST:] or "file"
    path, number = folder / cleaned, 2
    while path.exists():
        path, number = folder / f"{Path(cleaned).stem} ({number}){Path(cleaned).suffix}", number + 1
    return path


def _are_equal(file: Path, other: Path) -> bool:
    """Say whether two files are two, and hold the same."""
    is_alike = file != other and file.stat().st_size == other.stat().st_size
    return is_alike and filecmp.cmp(file, other, shallow=False)


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name)]
