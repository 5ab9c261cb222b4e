"""Archives, folders or zip files: a Discord data package, or the text that KakaoTalk for Android zips up.

Nothing is unpacked to disk, and nothing outside the folder or the archive is ever opened. Knows nothing of what the
files say.
"""

import os
import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from training.common.errors import ChatError
from training.text.readers.source import Source

_CHANNEL_FILE = re.compile(r"(?:[^/]+/)*c?\d+/messages\.(?:json|csv)")
_PACKAGE_FILE = re.compile(r"(?:[^/]+/)*(?:[^/]+/user|[Mm]essages/index|[Ss]ervers/index)\.json")
_TEXT_FILE = re.compile(r"(?:[^/]+/)*(?:[^/]+\.(?:txt|csv)|result\.json)", re.IGNORECASE)
_LEFT_BY_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
_DEPTH = 8
# Chats shrink to a tenth or so; a bomb shrinks to a thousandth.
_LARGEST_RATIO = 200
_LARGEST_TOTAL = 4 << 30
# What zipfile raises at bytes that nobody's archiver wrote.
_DAMAGED = (
    *(zipfile.BadZipFile, NotImplementedError, OSError, ValueError, IndexError, OverflowError, RuntimeError),
    *(EOFError, struct.error),
)


def channels_in_folder(folder: Path) -> list[Source]:
    """Return the message files of the data package in ``folder``.

    Raises:
        ChatError: there is none, or a link in it leads outside.
    """
    root = folder.resolve()
    channel_files = [path for path in _files_below(root) if _CHANNEL_FILE.fullmatch(path.relative_to(root).as_posix())]
    if not channel_files:
        raise ChatError(f"{folder.name} holds no Discord data package: give the chat's file, or the package's folder.")
    return [Source.of(path) for path in _one_a_channel(channel_files)]


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

    Parts come in the order of their numbers, and what operating systems put beside the files is passed over.

    Raises:
        ChatError: the archive is damaged, locked or a bomb, an entry leads outside, or there is no chat in it.
    """
    archive = _Archive(path)
    entries = archive.entries()
    for entry in entries:
        _refuse_entry(path.name, entry)
    by_name = {Path(entry.filename): entry for entry in entries if not _LEFT_BY_SYSTEMS.fullmatch(entry.filename)}
    wanted = [by_name[name] for name in _chosen(path.name, list(by_name))]
    _refuse_bomb(path.name, wanted)
    return [Source(_shown(entry), entry.file_size, partial(archive.open, entry)) for entry in wanted]


def _chosen(name: str, paths: list[Path]) -> list[Path]:
    channels = [path for path in paths if _CHANNEL_FILE.fullmatch(path.as_posix())]
    if channels:
        return _one_a_channel(channels)
    if any(_PACKAGE_FILE.fullmatch(path.as_posix()) for path in paths):
        raise ChatError(
            f"{name} is a Discord data package without the messages: ask Discord for one in which Messages is chosen."
        )
    if Path("[Content_Types].xml") in paths:
        raise ChatError(f"{name} is a document of Word, Excel or Hangul: save it there as text or CSV.")
    texts = [path for path in paths if _TEXT_FILE.fullmatch(path.as_posix())]
    if not texts:
        raise ChatError(f"{name} holds neither a Discord data package nor a chat's text: give the chat's file.")
    return sorted(texts, key=_by_numbers)


def _by_numbers(path: Path) -> list[tuple[int, str]]:
    """Return a key by which part 10 comes after part 2."""
    pieces = re.split(r"(\d+)", path.as_posix())
    return [(int(piece), "") if at % 2 else (0, piece) for at, piece in enumerate(pieces)]


def _shown(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; Korean Windows writes it in CP949 and does not say so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("cp949")
    except UnicodeError:
        return entry.filename


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


class _Archive:
    """A zip archive, opened once however often its entries are; it closes when nobody reads from it any more."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._damage():
            self._archive = zipfile.ZipFile(path)

    def entries(self) -> list[zipfile.ZipInfo]:
        """Return the files in it."""
        return [entry for entry in self._archive.infolist() if entry.filename and not entry.is_dir()]

    def open(self, entry: zipfile.ZipInfo) -> BinaryIO:
        """Open one file from its start.

        Raises:
            ChatError: the archive is damaged.
        """
        with self._damage():
            return cast("BinaryIO", self._archive.open(entry))

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as error:
            raise ChatError(f"{self._path.name} is a damaged zip archive: copy or download it again.") from error
