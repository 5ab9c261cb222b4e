"""Files that the owner adds: put into a folder whole, under a name that leads nowhere else, equal ones once."""

import filecmp
import re
import shutil
from pathlib import Path
from typing import IO

from bot.bundle.files import whole
from owner.errors import StepError

_SPARE = 50_000_000
"""Bytes that are left free."""
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 50
"""Characters of a name: of four bytes each they still fit the 255 bytes that most file systems take."""
_PIECE = 1 << 20


def files_in(folder: Path) -> list[Path]:
    """Return the files there, by name, with -2 before -10."""
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if file.is_file() and file.name[0] != "."), key=_natural)


def add(folder: Path, name: str, content: IO[bytes], size: int | None = None) -> Path:
    """Add a file and return where it lies; an equal one that was there before is returned instead.

    ``content`` is copied in pieces, so it may be large; ``size`` is its length where that is known.

    Raises:
        StepError: the disk has no room for it.
    """
    if size is not None and shutil.disk_usage(folder).free < size + _SPARE:
        raise StepError("disk_full", folder=folder)
    place = _free_place(folder, name)
    try:
        with whole(place) as beside, beside.open("wb") as stream:
            shutil.copyfileobj(content, stream, _PIECE)
        place.chmod(0o600)
    except OSError as error:
        raise StepError("cannot_write", place=place, reason=error.strerror or error) from error
    return _once(place)


def remove(folder: Path, name: str) -> None:
    """Take a file away again."""
    for file in files_in(folder):
        if file.name == name:
            file.unlink()


def _free_place(folder: Path, name: str) -> Path:
    cleaned = _FORBIDDEN.sub("_", Path(name.replace("\\", "/")).name).strip(". ")[-_LONGEST:] or "file"
    path, number = folder / cleaned, 2
    while path.exists():
        path, number = folder / f"{Path(cleaned).stem} ({number}){Path(cleaned).suffix}", number + 1
    return path


def _once(place: Path) -> Path:
    size = place.stat().st_size
    for file in files_in(place.parent):
        if file != place and file.stat().st_size == size and filecmp.cmp(file, place, shallow=False):
            place.unlink()
            return file
    return place


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name)]
