"""From a request to pictures: what runs on the worker's thread. Knows the painter and photos, and no Discord."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot import photos
from bot.features.style.request import STRONGEST, StyleRequest
from bot.features.style.texts import StyleTexts
from bot.i18n import UserFacingError
from bot.inference.batching import Job, Question
from bot.inference.painter import Painter
from bot.photo_intake.photo import Photo

Picture = NDArray[np.uint8]

_LARGEST, _SMALLEST = 1024, 384
"""Pixels of the longer side of a painting: a larger photo is painted smaller, and a tiny one larger, else it would be
one stroke."""
_MOST_PIXELS = 800 * 600
_STYLE_SIDE = 512
"""Pixels of the longer side of a picture whose style is asked for."""
_PREVIEW, _TILE, _COLUMNS = 256, 200, 5
"""Pixels of the longer side at which previews are painted, at which they are shown, and how many lie side by side."""
_PORTRAIT = 512
"""Pixels of the longer side of a painting that stands under something else."""
_PLAIN = 2.0
"""The standard deviation, of 255, below which a picture is of one colour."""


@dataclass(frozen=True, slots=True)
class Painted:
    """What became of a photo: ``picture``, a painting or the gallery of all styles, and what a press begins with.

    ``like`` is the picture whose style was asked for, if one was; ``shrunk`` the width and height to which a larger
    photo was brought.
    """

    request: StyleRequest
    picture: bytes
    original: bytes
    like: bytes | None = None
    shrunk: tuple[int, int] | None = None


def taken(data: bytes) -> tuple[Photo, tuple[int, int] | None]:
    """Return a photo from anybody, and to which width and height it had to be brought.

    Raises:
        PhotoError: it cannot be read.
    """
    return Photo.taken(_no_smaller(_no_larger(photos.read(data, longest_side=_LARGEST))), data)


def kept(original: bytes) -> Photo:
    """Return a photo from one of the bot's own answers.

    Raises:
        PhotoError: it cannot be read.
    """
    whole = photos.read(original, longest_side=_LARGEST)
    pixels = _no_larger(whole)
    # One from before paintings had an end to their pixels is larger than the faces that are noted in it.
    faces = photos.faces_of(original) if pixels is whole else None
    return Photo(pixels, photos.find(pixels) if faces is None else faces, original)


def taken_style(data: bytes) -> bytes:
    """Return a picture whose style is asked for, small and without its metadata.

    Raises:
        PhotoError: it cannot be read.
        UserFacingError: it is of one colour.
    """
    pixels = photos.shrunk(photos.read(data, longest_side=2 * _STYLE_SIDE), _STYLE_SIDE)
    if float(pixels.std(axis=(0, 1)).max()) < _PLAIN:
        raise UserFacingError(StyleTexts, "plain_style")
    return photos.jpeg(pixels)


def painted(painter: Painter, photo: Photo, request: StyleRequest, like: bytes | None) -> Job[Painted]:
    """Return the job that paints a photo: in a request's styles, else as another picture; with neither, in all styles.

    Raises:
        PhotoError: from the job, where the other picture cannot be read.
    """
    if not request.styles and like is None:
        gallery = yield from _gallery(painter, photo.pixels)
        return Painted(request, photos.jpeg(gallery), photo.original)
    painting = _painting(painter, photo.pixels, request, like)
    if request.keep_colours:
        painting = photos.with_colours_kept(painting, photo.pixels)
    painting = photos.with_faces_kept(painting, photo.pixels, photo.faces)
    return Painted(request, photos.jpeg(painting), photo.original, like)


def _painting(painter: Painter, photo: Picture, request: StyleRequest, like: bytes | None) -> Picture:
    share = request.strength / STRONGEST
    if like is not None and not request.styles:
        return painter.painted_as(photo, photos.read(like, longest_side=_STYLE_SIDE), share)
    painting = painter.painted(photo, request.mixture)
    return photos.mixed(photo, painting, share) if share < 1 else painting


def portrait(painter: Painter, data: bytes, key: str) -> bytes:
    """Return a photo of one person in a style, small, as a JPEG without metadata.

    Raises:
        PhotoError: it cannot be read, or nobody is in it.
        UserFacingError: there is more than one, and the others were not asked.
    """
    pixels = _no_smaller(photos.read(data, longest_side=_PORTRAIT))
    faces = photos.find(pixels)
    if not faces:
        raise photos.PhotoError(photos.PhotoProblem.NO_FACE)
    if len(faces) > 1:
        raise UserFacingError(StyleTexts, "not_alone")
    return photos.jpeg(photos.with_faces_kept(painter.painted(pixels, {key: 1.0}), pixels, faces))


def _gallery(painter: Painter, photo: Picture) -> Job[Picture]:
    """Return the job that paints the photo in every style, small and numbered from 1, as one picture."""
    small = photos.shrunk(photo, _PREVIEW)
    faces = photos.find(small)

    def previews(keys: Sequence[str]) -> NDArray[np.uint8]:
        paintings = (painter.painted(small, {key: 1.0}) for key in keys)
        return np.stack([photos.shrunk(photos.with_faces_kept(each, small, faces), _TILE) for each in paintings])

    tiles = list[Picture]()
    for style in painter.styles:
        # One at a time: other photos of the lane come in between.
        tiles.extend((yield Question(previews, [style.key])))
    return photos.gallery(tiles, _COLUMNS)


def _no_larger(pixels: Picture) -> Picture:
    """Return a picture of no more than the pixels that are painted: each takes 170 bytes while it is."""
    height, width, _ = pixels.shape
    return photos.shrunk(pixels, int(max(height, width) * min(1.0, _MOST_PIXELS / (height * width)) ** 0.5))


def _no_smaller(pixels: Picture) -> Picture:
    import cv2

    scale = _SMALLEST / max(pixels.shape[:2])
    if scale <= 1:
        return pixels
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
