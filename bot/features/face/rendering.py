"""From a request to pictures: what runs on the worker's thread. Knows the artist and photos, and no Discord."""

import ctypes
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from bot import photos
from bot.features.face.request import STRONGEST
from bot.inference.artist import Artist, How, Picture
from bot.photos import Located

T = TypeVar("T")

_LARGEST_SHOWN, _LARGEST_CROP = 512, 1024
_LARGEST_PHOTO = 3072
"""Pixels of the longer side of a photo that comes back whole: its memory is several times its pixels."""
_ENOUGH = 2048
"""Pixels of a photo's longer side, where no more than a small face is shown of it."""
_FRAMES = 13


@dataclass(frozen=True, slots=True)
class Portrait:
    """A photo's face before and after, and the photo with the change laid back into it; ``faces`` were found.

    ``shrunk`` is the width and height of ``whole`` where the photo was larger.
    """

    before: bytes
    after: bytes
    whole: bytes | None = None
    faces: int = 1
    shrunk: tuple[int, int] | None = None


def drawn(artist: Artist, seed: int, generator: str, attribute: str, strength: float) -> bytes:
    """Draw the face of ``seed`` as it is and with the attribute, side by side."""
    latent = artist.latent(seed, generator)
    both = np.concatenate([latent, artist.moved(latent, attribute, strength, generator)])
    return photos.png(photos.row([photos.enlarged(face) for face in artist.draw(both, generator)]))


def fresh(artist: Artist, seed: int, generator: str) -> bytes:
    """Draw the face of ``seed``."""
    return photos.png(photos.enlarged(artist.draw(artist.latent(seed, generator), generator)[0]))


def of_photo(artist: Artist, data: bytes, attribute: str, strength: float, how: How = "carry") -> Portrait:
    """Change the largest face in a photo: carry the change onto it, or lay in what the decoder draws.

    Raises:
        PhotoError: it cannot be read, or nobody is in it.
    """
    pixels, face, found = _face(data, _LARGEST_PHOTO)
    # At the photo's own resolution: what is laid back should be no softer than what was there.
    side = min(_LARGEST_CROP, max(photos.SHOWN, photos.natural_size(face, artist.eyes)))
    crop = photos.crop(pixels, face, side, artist.eyes)
    if how == "carry" and artist.edits(attribute, strength):
        whole = artist.change_photo(pixels, face, strength)
        after = photos.crop(whole, face, side, artist.eyes)
    else:
        after = photos.enlarged(artist.change(crop, attribute, (strength,), how)[0], len(crop))
        whole = photos.lay_back(pixels, face, after, artist.eyes)
    height, width, _ = pixels.shape
    del pixels  # a large photo is there as few times as can be
    shrunk = (width, height) if max(photos.size(data)) > max(width, height) else None
    return Portrait(_shown(crop), _shown(after), photos.jpeg(whole), found, shrunk)


def of_crop(artist: Artist, data: bytes, attribute: str, strength: float) -> Portrait:
    """Change a crop that the bot itself had cut out.

    Raises:
        PhotoError: it cannot be read.
    """
    crop = photos.read(data)
    (after,) = artist.change(crop, attribute, (strength,))
    return Portrait(photos.png(crop), photos.png(after))


def sweep(artist: Artist, data: bytes | None, *, attribute: str, seed: int, generator: str) -> tuple[bytes, bytes, int]:
    """Return a strip and an animation of a face, a photo's or a drawn one, from the least of an attribute to the most.

    And how many faces the photo has; a drawn one is one.

    Raises:
        PhotoError: the photo cannot be read, or nobody is in it.
    """
    strengths = np.linspace(-STRONGEST, STRONGEST, _FRAMES)
    found = 1
    if data is None:
        latent = artist.latent(seed, generator)
        moved = [artist.moved(latent, attribute, float(strength), generator) for strength in strengths]
        faces: Sequence[Picture] = list(artist.draw(np.concatenate(moved), generator))
    else:
        crop, found = _crop(artist, data)
        faces = artist.change(crop, attribute, tuple(map(float, strengths)))
    large = [photos.enlarged(face, photos.SHOWN) for face in faces]
    small = [photos.resized(face, photos.SHOWN // 2) for face in large[::2]]
    return photos.png(photos.row(small)), photos.animation(large), found


def mix(artist: Artist, one: bytes, other: bytes) -> tuple[bytes, int]:
    """Return an animated walk between the faces of two photos, as the decoder draws them.

    And how many faces there are in the photo with most.

    Raises:
        PhotoError: one cannot be read, or nobody is in it.
    """
    (first, faces), (second, other_faces) = _crop(artist, one), _crop(artist, other)
    start, end = artist.encode(np.stack([first, second]))
    shares = np.linspace(0, 1, _FRAMES, dtype=np.float32)[:, None]
    walk = artist.draw((start + (end - start) * shares).astype(np.float32), artist.of_photos)
    return photos.animation([photos.enlarged(face) for face in walk]), max(faces, other_faces)


def tidily(job: Callable[[], T]) -> T:
    """Do what works on a photo, and give its memory back to the system: the C library would keep much of it."""
    try:
        return job()
    finally:
        if sys.platform == "linux":
            getattr(ctypes.CDLL(None), "malloc_trim", _nothing)(0)  # musl has none


def _nothing(_: int) -> None:
    pass


def warm(artist: Artist) -> None:
    """Do once what the first photo would wait for: libraries are imported, and models grow their memory."""
    generator = artist.of_photos
    face = photos.enlarged(artist.draw(artist.latent(0, generator), generator)[0])
    photos.find(face)
    for attribute in artist.attributes(generator)[:1]:
        photos.jpeg(artist.change(face, attribute, (1.0,))[0])


def _shown(crop: Picture) -> bytes:
    return photos.png(photos.resized(crop, min(len(crop), _LARGEST_SHOWN)))


def _crop(artist: Artist, data: bytes) -> tuple[Picture, int]:
    """Return a photo's largest face at the side at which faces are shown, and how many there are."""
    pixels, face, found = _face(data, _ENOUGH)
    return photos.crop(pixels, face, photos.SHOWN, artist.eyes), found


def _face(data: bytes, longest_side: int) -> tuple[Picture, Located, int]:
    """Return a photo, its largest face, and how many there are."""
    pixels = photos.read(data, longest_side=longest_side)
    found = photos.find(pixels)
    if not found:
        raise photos.PhotoError(photos.PhotoProblem.NO_FACE)
    return pixels, found[0], len(found)
