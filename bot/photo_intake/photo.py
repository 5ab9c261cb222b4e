"""A photo that is worked on, with the faces in it and the file by which it can be worked on again. No Discord."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot import photos
from bot.memory import trim_memory
from bot.photos import Located


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is to be changed, and where the faces in it are.

    ``original`` is the file of it without its metadata, by which it can be done again: the faces are noted in it, so
    that number 3 is the same face at each press. The ``pixels`` are changed in place: a copy of them would be tens of
    megabytes.
    """

    pixels: NDArray[np.uint8]
    faces: tuple[Located, ...]
    original: bytes

    @classmethod
    def taken(cls, pixels: NDArray[np.uint8], data: bytes) -> tuple[Self, tuple[int, int] | None]:
        """Return a photo that was read from ``data``, and to which width and height it had to be brought."""
        faces = photos.find(pixels)
        trim_memory()  # what reading and looking took, before the photo is there several times
        height, width, _ = pixels.shape
        is_shrunk = max(photos.size(data)) > max(width, height)
        original = photos.with_faces(photos.jpeg(pixels), faces)
        return cls(pixels, faces, original), (width, height) if is_shrunk else None
