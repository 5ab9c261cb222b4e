"""Members' pictures as the network sees them, or why one is not taken: what runs on the worker's thread.

Nothing of a picture is left but its row of numbers. Knows no Discord.
"""

from dataclasses import dataclass
from enum import Enum

from bot import photos
from bot.features.teach.classifier import Guess
from bot.features.teach.texts import TeachTexts
from bot.features.teach.things import LabelledRows
from bot.i18n import UserFacingError
from bot.inference.features import FeatureNetwork, Features, Picture
from bot.photos import PhotoError, PhotoProblem

_LOOKED_AT = 640
"""Pixels of the longer side: enough for a face, and a large photo is decoded faster."""
LARGEST_FACE = 0.04
"""The eyes' distance as a share of a picture's longer side, from which on somebody is its subject and not far in the
background: a whole person who stands upright fills a picture when it is about this."""
_FEWEST_SHADES = 3.0
"""How much the levels of a picture must differ (their deviation, of 255), to show anything."""
_SHOWN = 400
"""Pixels of the longer side of the picture in the answer."""


class PictureProblem(Enum):
    """Why a picture that can be read is not taken."""

    FACE = "a face"
    BLANK = "one colour"


@dataclass(frozen=True, slots=True)
class PictureFeatures:
    """A picture's row, or what is wrong with it."""

    row: Features | None
    problem: PhotoProblem | PictureProblem | None = None


def looks(*data: bytes, network: FeatureNetwork) -> list[PictureFeatures]:
    """Return how each picture looks to the network, by itself: one that is broken spoils no other."""
    return [_look(one, network) for one in data]


def _look(data: bytes, network: FeatureNetwork) -> PictureFeatures:
    try:
        pixels = photos.read(data, longest_side=_LOOKED_AT)
    except PhotoError as error:
        return PictureFeatures(None, error.problem)
    problem = _problem(pixels)
    return PictureFeatures(None, problem) if problem else PictureFeatures(network.of([pixels])[0])


def _problem(pixels: Picture) -> PictureProblem | None:
    if float(pixels.std((0, 1)).max()) < _FEWEST_SHADES:
        return PictureProblem.BLANK
    return PictureProblem.FACE if photos.has_large_face(pixels, LARGEST_FACE) else None


def guessed(data: bytes, network: FeatureNetwork, known: LabelledRows) -> tuple[Guess, bytes]:
    """Return which of the known things a picture shows, and the picture itself, small, as a JPEG to be shown.

    Raises:
        PhotoError: it cannot be read.
        UserFacingError: it shows a person, or nothing.
    """
    pixels = photos.read(data, longest_side=_LOOKED_AT)
    if problem := _problem(pixels):
        raise UserFacingError(TeachTexts, "unfit", problem)
    return known.classifier(network).guess(network.of([pixels])[0]), photos.jpeg(photos.shrunk(pixels, _SHOWN))
