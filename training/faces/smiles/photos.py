"""Photos to measure edits on: where the face is in each, and who is in two of them, neutral and smiling.

Knows nothing of judges and of what changes faces.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.photos import Located, PhotoError, crop, find, standard
from training.common.errors import FacesError
from training.common.own_photos import read_own
from training.common.progress import Progress
from training.faces.data.dataset import ABOUT, Faces
from training.faces.data.prepare import photos_in
from training.faces.editor.examples import KEPT_OUT, pairs_of

JUDGED_AT = 256
"""Pixels of the side of the aligned crops that are judged."""
_LONGEST = 1024
"""Pixels of a photo's longer side: hundreds of them are in memory."""
_FEWEST_VALUES, _MOST_VALUES = 2, 12
"""Of a column that groups people: a number each, or one for all, does not."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo and the largest face in it."""

    name: str
    pixels: NDArray[np.uint8]
    face: Located

    def crop(self, pixels: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """Return the aligned face as it is judged; of ``pixels``, the photo after a change."""
        return crop(self.pixels if pixels is None else pixels, self.face, JUDGED_AT)


@dataclass(frozen=True)
class PhotoSet:
    """Photos of different people; of those in pairs there is the smiling one too, in the same order."""

    photos: tuple[Photo, ...]
    smiling: tuple[Photo, ...] = ()
    about: str = ""

    @cached_property
    def crops(self) -> NDArray[np.uint8]:
        """The aligned faces ``[n, s, s, 3]``."""
        return np.stack([photo.crop() for photo in self.photos])

    def only(self, chosen: NDArray[np.bool_]) -> "PhotoSet":
        """Return those that are ``chosen``."""
        picked = [photo for photo, is_chosen in zip(self.photos, chosen, strict=True) if is_chosen]
        return PhotoSet(tuple(picked), about=self.about)

    def first(self, count: int) -> "PhotoSet":
        """Return the first of them."""
        return PhotoSet(self.photos[:count], about=self.about)


def read_photos(folder: Path, most: int, progress: Progress, *, everyone: bool = False) -> PhotoSet:
    """Return the photos to measure on: of prepared faces those held out, of pairs the people kept out.

    ``everyone`` takes all; ``most`` are taken at even steps.

    Raises:
        FacesError: there are no photos, or a face in none of them.
    """
    if (folder / ABOUT).is_file():
        return _prepared(folder, most, everyone=everyone)
    files = {path.relative_to(folder).as_posix(): path for path in photos_in(folder)}
    pairs = pairs_of([*files])
    if not pairs:
        chosen = [*files][:: -(-len(files) // most)]
        photos = _found(files, chosen, progress)
        return PhotoSet(tuple(photos.values()), about=f"{len(photos)} photos of {folder.name} with a face")
    pairs = (pairs if everyone else pairs[::KEPT_OUT])[:most]
    photos = _found(files, [name for pair in pairs for name in pair], progress)
    both = [pair for pair in pairs if all(name in photos for name in pair)]
    if not both:
        raise FacesError(f"No face was found in both photos of anybody in {folder}.")
    who = "people" if everyone else "people whom train-editor keeps out"
    first, second = (tuple(photos[name] for name in names) for names in zip(*both, strict=True))
    return PhotoSet(first, second, f"{len(both)} {who}, neutral and smiling, of {folder.name}")


def _prepared(folder: Path, most: int, *, everyone: bool) -> PhotoSet:
    faces = Faces.open(folder)
    positions = np.arange(len(faces.names)) if everyone else faces.split()[1]
    positions = positions[:: -(-len(positions) // most)]
    face = standard(faces.size, faces.crop.eyes)
    photos = tuple(Photo(faces.names[at], np.array(faces.images[at]), face) for at in positions.tolist())
    return PhotoSet(photos, about=f"{len(photos)} {'' if everyone else 'held-out '}faces of {folder.name}")


def _found(files: Mapping[str, Path], names: Sequence[str], progress: Progress) -> dict[str, Photo]:
    photos = {}
    for done, name in enumerate(names, 1):
        try:
            pixels = read_own(files[name], _LONGEST)
        except PhotoError:
            continue
        if located := find(pixels):
            photos[name] = Photo(name, pixels, located[0])
        progress(done, len(names))
    if not photos:
        raise FacesError(f"No face was found in any of the {len(names)} photos.")
    return photos


def groups_in(table: Path, names: Sequence[str], columns: Sequence[str]) -> dict[str, list[str]]:
    """Return by column what a CSV says of each photo, an empty text where it says nothing.

    Without ``columns``, all that put the photos into a few groups.

    Raises:
        FacesError: it is no such table, or lacks a column.
    """
    rows, there = _rows(table)
    if missing := [column for column in columns if column not in there]:
        raise FacesError(f"{table} has no column {missing[0]!r}; it has {', '.join(there)}.")
    of_photo = [rows.get(name) or rows.get(Path(name).name) or {} for name in names]
    values = {column: [row.get(column) or "" for row in of_photo] for column in columns or there[1:]}
    return {column: cells for column, cells in values.items() if columns or _groups(cells)}


def _rows(table: Path) -> tuple[dict[str, dict[str, str]], Sequence[str]]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            there = reader.fieldnames or [""]
            if there[0] == "file":
                return {row["file"]: row for row in reader}, there
    except (OSError, UnicodeDecodeError, csv.Error):
        pass
    raise FacesError(f"{table} is no table of photos: its first column must be 'file'.")


def _groups(cells: Sequence[str]) -> bool:
    return _FEWEST_VALUES <= len({*cells} - {""}) <= min(_MOST_VALUES, len(cells) // 2)
