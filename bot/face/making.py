"""From a request to pictures: what runs on the worker's thread. Knows the artist and photos, and no Discord."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot import photos
from bot.inference.artist import PHOTO, Artist, Picture
from bot.photos import Located

LARGEST_CROP = 512
_LARGEST_PHOTO = 2048
STRIP = tuple(float(strength) for strength in np.linspace(-3, 3, 7))
_FRAMES = 13


@dataclass(frozen=True, slots=True)
class Portrait:
    """A photo's face before and after, and the photo with the change laid back into it; ``faces`` were found."""

    before: bytes
    after: bytes
    whole: bytes | None = None
    faces: int = 1


def drawn(artist: Artist, seed: int, generator: str, attribute: str, strength: float) -> bytes:
    """Draw the face of ``seed`` as it is and with the attribute, side by side."""
    latent = artist.latent(seed, generator)
    both = np.concatenate([latent, artist.moved(latent, attribute, strength, generator)])
    return photos.png(photos.row([photos.enlarged(face) for face in artist.draw(both, generator)]))


def fresh(artist: Artist, seed: int, generator: str) -> bytes:
    """Draw the face of ``seed``."""
    return photos.png(photos.enlarged(artist.draw(artist.latent(seed, generator), generator)[0]))


def of_photo(artist: Artist, data: bytes, attribute: str, strength: float) -> Portrait:
    """Change the largest face in a photo.

    Raises:
        PhotoError: it cannot be read, or nobody is in it.
    """
    pixels, face, found = _face(data)
    crop = photos.crop(pixels, face, min(LARGEST_CROP, max(photos.SHOWN, photos.natural_size(face))))
    (after,) = artist.change(crop, attribute, (strength,))
    whole = photos.lay_back(pixels, face, after, photos.soft_mask(len(after)))
    return Portrait(photos.png(crop), photos.png(after), photos.jpeg(whole), found)


def of_crop(artist: Artist, data: bytes, attribute: str, strength: float) -> Portrait:
    """Change a crop that the bot itself had cut out.

    Raises:
        PhotoError: it cannot be read.
    """
    crop = photos.read(data)
    (after,) = artist.change(crop, attribute, (strength,))
    return Portrait(photos.png(crop), photos.png(after))


def sweep(artist: Artist, data: bytes | None, attribute: str, seed: int, generator: str) -> tuple[bytes, bytes]:
    """Return a strip and an animation of a face, a photo's or a drawn one, from the least of an attribute to the most.

    Raises:
        PhotoError: the photo cannot be read, or nobody is in it.
    """
    strengths = np.linspace(STRIP[0], STRIP[-1], _FRAMES)
    if data is None:
        latent = artist.latent(seed, generator)
        moved = [artist.moved(latent, attribute, float(strength), generator) for strength in strengths]
        faces: Sequence[Picture] = list(artist.draw(np.concatenate(moved), generator))
    else:
        pixels, face, _ = _face(data)
        faces = artist.change(photos.crop(pixels, face, photos.SHOWN), attribute, tuple(map(float, strengths)))
    large = [photos.enlarged(face, photos.SHOWN) for face in faces]
    small = [photos.crop(face, photos.standard(len(face)), photos.SHOWN // 2) for face in large[::2]]
    return photos.png(photos.row(small)), photos.animation(large)


def mix(artist: Artist, one: bytes, other: bytes) -> bytes:
    """Return an animated walk between the faces of two photos, as the decoder draws them.

    Raises:
        PhotoError: one cannot be read, or nobody is in it.
    """
    crops = [photos.crop(pixels, face, photos.SHOWN) for pixels, face, _ in map(_face, (one, other))]
    start, end = artist.encode(np.stack(crops))
    shares = np.linspace(0, 1, _FRAMES, dtype=np.float32)[:, None]
    walk = artist.draw((start + (end - start) * shares).astype(np.float32), PHOTO)
    return photos.animation([photos.enlarged(face) for face in walk])


def _face(data: bytes) -> tuple[Picture, Located, int]:
    """Return a photo, its largest face, and how many there are."""
    pixels = photos.read(data, longest_side=_LARGEST_PHOTO)
    found = photos.find(pixels)
    if not found:
        raise photos.PhotoError(photos.PhotoProblem.NO_FACE)
    return pixels, found[0], len(found)
