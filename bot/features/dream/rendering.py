"""From a member's photo to what is shown of its dream: jobs of the pictures' lane. Knows no Discord."""

from dataclasses import dataclass

from bot import photos
from bot.inference.batching import Job
from bot.inference.dreamer import LARGEST, Dream, Dreamer
from bot.memory import trim_memory

_SECONDS = 4.0
"""Of falling into a dream and out of it."""


@dataclass(frozen=True, slots=True)
class Dreamt:
    """A dream of a photo, and the photo without its metadata, of which another can be dreamt."""

    picture: bytes
    original: bytes


def dreamt(dreamer: Dreamer, photo: bytes, dream: Dream) -> Job[Dreamt]:
    """Return the job that dreams of a photo.

    Raises:
        PhotoError: from the job, where the photo cannot be read.
    """
    pixels = photos.read(photo, longest_side=LARGEST)
    trim_memory()  # what reading took: to dream takes more
    picture = yield from dreamer.dreaming(pixels, dream)
    return Dreamt(photos.jpeg(picture), photos.jpeg(pixels))


def fallen(dreamer: Dreamer, photo: bytes, dream: Dream) -> Job[bytes]:
    """Return the job that falls into the dream of a photo, for ever there and back: a GIF.

    Raises:
        PhotoError: from the job, as above.
    """
    frames = yield from dreamer.falling(photos.read(photo, longest_side=LARGEST), dream)
    return photos.animation(frames, _SECONDS)
