"""The data folder: aligned faces as one array, their names, their labels and who is who. Knows nothing of training.

``images.npy`` and ``faces.json`` are written once; ``labels.csv`` is the owner's to fill in, and read at each opening.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Crop
from bot.bundle.files import recover, whole_folder
from bot.photos import EYES, VERSION, Eyes, crop, standard
from training.common.errors import FacesError
from training.faces.data.labels import Labels, read_labels, write_labels

IMAGES, ABOUT, LABELS, BEFORE = "images.npy", "faces.json", "labels.csv", "labels.before.csv"
_TEST, _FEWEST = 2, 2
_FIRST_CROP = Crop(1, ((0.355, 0.45), (0.645, 0.45)))
"""Of folders and runs from before they noted it."""
_SEED, _HELD_OUT = 7, 0.1
"""Who is held out: the same people for every model, so that their measures compare."""


@dataclass(frozen=True, slots=True)
class Faces:
    """``images [n, size, size, 3]`` RGB bytes on disk, ``labels [n, attributes]``, and ``people [n]``.

    A number in ``people`` is a person where that is known, as of drawn ones, else a photo.

    ``drawn`` says that they are portraits of invented people, whose numbers ``people`` are. ``partition [n]``, where
    the data bring one (CelebA's), is 0 for training, 1 for choosing, 2 for testing. ``crop`` is how they were cut out.
    """

    images: NDArray[np.uint8]
    names: tuple[str, ...]
    labels: Labels
    people: NDArray[np.int64]
    partition: NDArray[np.int8] | None
    drawn: bool
    fingerprint: str
    crop: Crop

    @property
    def size(self) -> int:
        """The side of a picture in pixels."""
        return int(self.images.shape[1])

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a data folder.

        Raises:
            FacesError: there is none, or it is damaged.
            LabelError: its labels are wrong.
        """
        try:
            images = np.load(folder / IMAGES, mmap_mode="r")
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            names, people = tuple(map(str, about["names"])), np.array(about["people"], np.int64)
            partition = None if about["partition"] is None else np.array(about["partition"], np.int8)
            drawn, fingerprint, crop = bool(about.get("drawn", False)), str(about["fingerprint"]), crop_of(about)
        except FileNotFoundError as error:
            raise FacesError(
                f"There are no prepared faces in {folder}: run `faces prepare` or `faces draw`."
            ) from error
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise FacesError(f"The faces in {folder} are damaged ({error}): prepare them again.") from error
        if images.shape[:1] != (len(names),) or len(people) != len(names) or images.dtype != np.uint8:
            raise FacesError(f"The faces in {folder} are damaged: names and pictures do not match; prepare them again.")
        labels = read_labels(folder / LABELS, names)
        return cls(images, names, labels, people, partition, drawn, fingerprint, crop)

    def recut(self, positions: NDArray[np.intp] | None = None) -> NDArray[np.uint8]:
        """Return the pictures, or those at ``positions``, with the eyes where they usually lie: edges are repeated."""
        images = self.images if positions is None else self.images[positions]
        if self.crop.eyes == EYES:
            return np.array(images)
        face = standard(self.size, self.crop.eyes)
        return np.stack([crop(image, face, self.size) for image in images])

    def split(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the positions to learn from and those held out, nobody in both: the data's own partition, or drawn.

        Raises:
            FacesError: there are too few faces for one of them.
        """
        if self.partition is not None:
            held_out = self.partition == _TEST
        else:
            everybody = np.unique(self.people)
            count = max(_FEWEST, round(_HELD_OUT * len(everybody)))
            held_out = np.isin(self.people, np.random.default_rng(_SEED).permutation(everybody)[:count])
        learn, rest = np.flatnonzero(~held_out), np.flatnonzero(held_out)
        if min(len(learn), len(rest)) < _FEWEST:
            raise FacesError(
                f"Of {len(self.names)} faces {len(learn)} are to learn from and {len(rest)} to be held out: "
                f"at least {_FEWEST} of either are needed."
            )
        return learn, rest


def write_faces(  # noqa: PLR0913 - the columns of the data, each by its name
    folder: Path,
    images: Iterable[NDArray[np.uint8]],
    names: Sequence[str],
    labels: Labels,
    *,
    people: Sequence[int] | NDArray[np.int64] | None = None,
    partition: Sequence[int] | None = None,
    drawn: bool = False,
    eyes: Eyes = EYES,
) -> None:
    """Write a data folder, whole or not at all, for its owner's eyes only; tables that are there stay.

    The labels that were there are ``labels.before.csv`` then.

    Raises:
        FacesError: ``folder`` holds something else.
    """
    recover(folder)
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / ABOUT).is_file())):
        raise FacesError(f"{folder} is there and holds no prepared faces: choose another --out.")
    with whole_folder(folder, mode=0o700) as partial:
        pixels = np.stack(list(images))
        np.save(partial / IMAGES, pixels)
        numbers = [int(person) for person in (range(len(names)) if people is None else people)]
        parts = None if partition is None else [int(part) for part in partition]
        about = {"names": list(names), "people": numbers, "partition": parts, "drawn": drawn}
        about["fingerprint"] = hashlib.sha256(json.dumps(about).encode() + pixels.data).hexdigest()[:16]
        about["crop"] = Crop(VERSION, eyes).to_dict()
        (partial / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        write_labels(partial / LABELS, names, labels)
        for table in folder.glob("*.csv"):  # somebody's work; photos that are gone may come back
            shutil.copy2(table, partial / (BEFORE if table.name == LABELS else table.name))


def crop_of(about: Mapping[str, Any]) -> Crop:
    """Return how the faces were cut out, as a data folder or a run notes it.

    Raises:
        KeyError, TypeError, ValueError: the note is damaged.
    """
    return Crop.from_dict(about["crop"]) if "crop" in about else _FIRST_CROP
