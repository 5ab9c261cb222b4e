"""Preparation of a folder of photos as a data folder: faces found, aligned, cut out.

What was refused, and why, is kept and shown. Goes on where it was stopped: each photo's crop is written by itself
first. Knows nothing of labels but their file.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.bundle.files import recover, whole
from bot.photos import EYES, Eyes, PhotoError, PhotoProblem, beyond, crop, find
from training.common.errors import FacesError
from training.common.own_photos import photos_below, read_own
from training.common.progress import Progress
from training.faces.data.dataset import LABELS, write_faces
from training.faces.data.image_files import grid, save_png
from training.faces.data.labels import ATTRIBUTES, Labels, labels_of, read_labels, without_rows_for

_SHOWN, _COLUMNS, _SHOWN_SIZE = 96, 12, 96
_CUT_OFF = "the photo ends too near to the face"
CELEBA_IMAGES, CELEBA_LABELS, CELEBA_PARTITION = "img_align_celeba", "list_attr_celeba.txt", "list_eval_partition.txt"


@dataclass(frozen=True, slots=True)
class Cut:
    """How faces are cut out: the crop's side in pixels, where the eyes lie, and how far it may reach beyond a photo.

    ``beyond`` is a share of the side; there the photo's edge is repeated.
    """

    size: int
    eyes: Eyes = EYES
    beyond: float = 1.0


@dataclass(frozen=True, slots=True)
class PreparedPhotos:
    """What became of the photos: the names kept, and why each other one was refused."""

    kept: tuple[str, ...]
    refused: dict[str, str]

    def counts(self) -> dict[str, int]:
        """Return how many photos were kept, and how many refused for each reason: together all there were."""
        return {"kept": len(self.kept), **Counter(self.refused.values())}


def prepare(photos: Path, out: Path, cut: Cut, labels: Path | None, progress: Progress) -> PreparedPhotos:
    """Cut the largest face out of every photo under ``photos`` and write them as the data folder ``out``.

    Labels that were filled in there before stay with their photos.

    Raises:
        FacesError: no folder, no photos, no faces, or ``out`` holds something else.
        LabelError: ``labels`` are wrong.
    """
    files = photos_in(photos)
    recover(out)
    crops = out.absolute().with_name(f".{out.absolute().name}.crops")
    crops.mkdir(parents=True, exist_ok=True, mode=0o700)
    crop_files: dict[str, Path] = {}
    refused: dict[str, str] = {}
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(files))) as pool:
        results = pool.map(partial(_cropped, photos, crops, cut), files, chunksize=4)
        for done, (name, crop_file, problem) in enumerate(results, 1):
            progress(done, len(files))
            if crop_file is None:
                refused[name] = problem
            else:
                crop_files[name] = crop_file
    if not crop_files:
        raise FacesError(f"No face was found in any of the {len(files)} photos in {photos}.")
    names = tuple(crop_files)
    earlier, partition = _labels_there_are(photos, out, labels, names, set(refused))
    crops_there = (np.load(path) for path in crop_files.values())
    write_faces(out, crops_there, names, earlier, partition=partition, eyes=cut.eyes)
    _show(out, photos, list(crop_files.values()), refused)
    for path in crops.iterdir():
        path.unlink()
    crops.rmdir()
    return PreparedPhotos(names, refused)


def photos_in(folder: Path) -> list[Path]:
    """Return every photo in a folder and the folders inside it, or in CelebA's own.

    Raises:
        FacesError: there is no folder, or no photo in it.
    """
    if not folder.is_dir():
        raise FacesError(f"There is no folder {folder}.")
    images = folder / CELEBA_IMAGES if (folder / CELEBA_IMAGES).is_dir() else folder
    files = photos_below(images)
    if not files:
        raise FacesError(f"There are no photos in {images}.")
    return files


def _cropped(photos: Path, crops: Path, cut: Cut, file: Path) -> tuple[str, Path | None, str]:
    """Return a photo's name, where its crop lies, or why there is none; runs in a process of its own."""
    name = _name(photos, file)
    crop_file = crops / f"{hashlib.sha256(f'{name} {cut} {file.stat().st_mtime_ns}'.encode()).hexdigest()[:24]}.npy"
    if crop_file.is_file():
        return name, crop_file, ""
    try:
        pixels = read_own(file)
    except PhotoError as error:
        return name, None, error.problem.value
    except OSError as error:
        return name, None, f"cannot be read: {error.strerror or 'damaged'}"
    faces = find(pixels)
    if not faces:
        return name, None, PhotoProblem.NO_FACE.value
    if beyond(faces[0], pixels, cut.eyes) > cut.beyond:
        return name, None, _CUT_OFF
    with whole(crop_file, durable=False) as beside, beside.open("wb") as stream:
        np.save(stream, crop(pixels, faces[0], cut.size, cut.eyes))
    return name, crop_file, ""


def _name(photos: Path, file: Path) -> str:
    if file.parent == photos / CELEBA_IMAGES:
        return file.name
    return file.relative_to(photos).as_posix()


def _labels_there_are(
    photos: Path, out: Path, labels: Path | None, names: Sequence[str], refused: set[str]
) -> tuple[Labels, list[int] | None]:
    """Return the labels that are there already, also those of an earlier ``prepare``, and CelebA's partition."""
    celeba, earlier = photos / CELEBA_LABELS, out / LABELS
    path = labels or (celeba if celeba.is_file() else None)
    if path is not None:
        labels_there = read_labels(path, names, without_rows_for(refused))
    else:
        labels_there = (
            labels_of(earlier, names) if earlier.is_file() else np.zeros((len(names), len(ATTRIBUTES)), np.int8)
        )
    parts = photos / CELEBA_PARTITION
    if not parts.is_file():
        return labels_there, None
    try:
        rows = dict(line.split() for line in parts.read_text(encoding="utf-8").splitlines() if line.strip())
        return labels_there, [int(rows.get(name, 0)) for name in names]
    except ValueError as error:
        raise FacesError(f"{parts} is no partition as CelebA's: a name and 0, 1 or 2 on each line.") from error


def _show(out: Path, photos: Path, crop_files: Sequence[Path], refused: dict[str, str]) -> None:
    """Write a contact sheet of what was kept, and one of what was refused with why."""
    save_png(grid(np.stack([_sized(np.load(path)) for path in crop_files[:_SHOWN]]), _COLUMNS), out / "kept.png")
    if refused:
        from PIL import Image, ImageDraw

        tiles = []
        for name, why in list(refused.items())[:_SHOWN]:
            tile = Image.fromarray(_thumbnail(photos, name))
            ImageDraw.Draw(tile).text((3, _SHOWN_SIZE - 14), why, fill="red")
            tiles.append(np.array(tile))
        save_png(grid(np.stack(tiles), _COLUMNS), out / "refused.png")


def _sized(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import cv2

    return np.asarray(cv2.resize(picture, (_SHOWN_SIZE, _SHOWN_SIZE), interpolation=cv2.INTER_AREA), np.uint8)


def _thumbnail(photos: Path, name: str) -> NDArray[np.uint8]:
    for path in (photos / name, photos / CELEBA_IMAGES / name):
        try:
            return _sized(read_own(path))
        except (OSError, PhotoError):
            continue
    return np.full((_SHOWN_SIZE, _SHOWN_SIZE, 3), 220, np.uint8)


def refused_lines(prepared: PreparedPhotos) -> Iterator[str]:
    """Return a line for each photo that was refused."""
    for name, why in prepared.refused.items():
        yield f"{name}: {why}"
