"""What lies in a folder or a zip archive: a Discord data package, or the text that KakaoTalk for Android zips up.

Nothing is unpacked to disk, and nothing outside the folder or the archive is ever opened. Knows nothing of what the
files say.
"""

import os
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from training.text.message import ChatError
from training.text.readers.source import Source

_CHANNEL_FILE = re.compile(r"(?:[^/]+/){0,2}c?\d+/messages\.(?:json|csv)")
_TEXT_FILE = re.compile(r"(?:[^/]+/)*[^/]+\.(?:txt|csv)", re.IGNORECASE)
_DEPTH = 4
# Chats shrink to a tenth or so; a bomb shrinks to a thousandth.
_LARGEST_RATIO = 200
_LARGEST_TOTAL = 4 << 30


def channels_in_folder(folder: Path) -> list[Source]:
    """Return the message files of the data package in ``folder``.

    Raises:
        ChatError: there is none, or a link in it leads outside.
    """
    root = folder.resolve()
    found = [path for path in _files_below(root) if _CHANNEL_FILE.fullmatch(path.relative_to(root).as_posix())]
    if not found:
        raise ChatError(f"{folder.name} holds no Discord data package: give the chat's file, or the package's folder.")
    return [Source.of(path) for path in _one_a_channel(found)]


def _files_below(root: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(root):
        here = Path(place)
        for name in (*folders, *files):
            _refuse_way_out(root, here / name)
        if len(here.relative_to(root).parts) >= _DEPTH:
            folders.clear()
        yield from (here / name for name in files if (here / name).is_file())


def _refuse_way_out(root: Path, path: Path) -> None:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        raise ChatError(f"{path.name} in {root.name} is a link to a place outside it: remove it, no package has one.")


def _one_a_channel(paths: list[Path]) -> list[Path]:
    """Choose the JSON where a channel has both JSON and CSV, so that it is read once."""
    chosen: dict[Path, Path] = {}
    for path in sorted(paths):
        if path.parent not in chosen or path.suffix == ".json":
            chosen[path.parent] = path
    return list(chosen.values())


def entries_of(path: Path) -> list[Source]:
    """Return the chats in a zip archive: the channels of a Discord data package, or else every text.

    Raises:
        ChatError: the archive is damaged, locked or a bomb, an entry leads outside, or there is no chat in it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ChatError(f"{path.name} is a damaged zip archive: download it again.") from error
    for entry in entries:
        _refuse_entry(path.name, entry)
    by_name = {Path(entry.filename): entry for entry in entries if not entry.is_dir()}
    channels = [name for name in by_name if _CHANNEL_FILE.fullmatch(name.as_posix())]
    chosen = _one_a_channel(channels) or [name for name in sorted(by_name) if _TEXT_FILE.fullmatch(name.as_posix())]
    if not chosen:
        raise ChatError(f"{path.name} holds neither a Discord data package nor a chat's text: give the chat's file.")
    wanted = [by_name[name] for name in chosen]
    _refuse_bomb(path.name, wanted)
    return [Source(entry.filename, entry.file_size, _Entry(path, entry)) for entry in wanted]


def _refuse_entry(name: str, entry: zipfile.ZipInfo) -> None:
    """Refuse what could lead outside if anybody unpacked it; no export has such entries."""
    parts = PurePosixPath(entry.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_link or parts.is_absolute() or ".." in parts.parts or (parts.parts and ":" in parts.parts[0]):
        raise ChatError(
            f"{name} has an entry that leads outside it: neither Discord nor KakaoTalk makes such archives."
        )
    if entry.flag_bits & 0x1:
        raise ChatError(f"{name} is locked with a password: unpack it and give what was in it.")


def _refuse_bomb(name: str, entries: list[zipfile.ZipInfo]) -> None:
    # zipfile never gives more bytes than an entry claims, so the claims can be trusted as limits.
    swollen = any(entry.file_size > max(1 << 20, entry.compress_size * _LARGEST_RATIO) for entry in entries)
    if swollen or sum(entry.file_size for entry in entries) > _LARGEST_TOTAL:
        raise ChatError(f"{name} would grow beyond all reason when unpacked: this is no archive of a chat.")


class _Entry:
    """Opens one entry; the archive closes with it."""

    def __init__(self, path: Path, entry: zipfile.ZipInfo) -> None:
        self._path = path
        self._entry = entry

    def __call__(self) -> BinaryIO:
        try:
            with zipfile.ZipFile(self._path) as archive:
                # zipfile keeps its file open for as long as an entry of it is.
                return cast("BinaryIO", archive.open(self._entry))
        except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
            raise ChatError(f"{self._path.name} is a damaged zip archive: download it again.") from error
