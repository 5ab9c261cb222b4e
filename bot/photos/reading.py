"""A photo's bytes to pixels, with care: they come from anybody.

What a file is and how large it would be is read from its header before anything is decoded. Metadata is dropped, the
orientation that it tells is applied. Knows nothing of faces, and nothing of where the bytes come from.
"""

import io
import warnings
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 4096
"""A larger photo is decoded smaller: nobody sees more on Discord, and a face needs far less."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_PICTURES_WE_DO_NOT_READ = (b"<svg", b"<?xml", b"ftyphei", b"ftypmif", b"ftypavif", b"II*\x00", b"MM\x00*", b"BM")


class PhotoProblem(Enum):
    """Why a photo was not taken."""

    TOO_MANY_BYTES = "too many bytes"
    TOO_MANY_PIXELS = "too many pixels"
    NO_PICTURE = "no picture"
    """Empty, a text, a song: whatever its name says."""
    OTHER_FORMAT = "other format"
    """A picture, but none that is read here: SVG, HEIC, TIFF."""
    BROKEN = "broken"
    NO_FACE = "no face"


class PhotoError(Exception):
    """A photo that was not taken."""

    def __init__(self, problem: PhotoProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read(data: bytes, *, most_bytes: int = MOST_BYTES, longest_side: int = LONGEST_SIDE) -> NDArray[np.uint8]:
    """Return the photo (of an animation the first picture) as RGB ``[height, width, 3]``, upright.

    What is transparent becomes white. Neither side of the result is longer than ``longest_side`` pixels.

    Raises:
        PhotoError: it is too large, no picture, of another format, or broken.
    """
    if len(data) > most_bytes:
        raise PhotoError(PhotoProblem.TOO_MANY_BYTES)
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is below the one that Pillow warns of
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PhotoError(PhotoProblem.TOO_MANY_PIXELS)
                return _pixels(picture, longest_side)
    except Image.DecompressionBombError:
        raise PhotoError(PhotoProblem.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        known = any(mark in data[:64] or mark in data[:512].lower() for mark in _PICTURES_WE_DO_NOT_READ)
        raise PhotoError(PhotoProblem.OTHER_FORMAT if known else PhotoProblem.NO_PICTURE) from None
    # Pillow tells of damage in many ways.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError):
        raise PhotoError(PhotoProblem.BROKEN) from None


def _pixels(picture: "Image.Image", longest_side: int) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps

    # JPEG can be decoded at a half, a quarter or an eighth; other formats ignore this.
    picture.draft("RGB", (longest_side, longest_side))
    upright = ImageOps.exif_transpose(picture)
    rgb = _rgb(upright)
    if max(rgb.size) > longest_side:
        rgb.thumbnail((longest_side, longest_side), Image.Resampling.BOX)
    return np.array(rgb, dtype=np.uint8)


def _rgb(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        # 16 bits of grey: Pillow's own conversion clips them.
        grey = np.asarray(picture, dtype=np.float32)
        scale = 255 / 65535 if grey.max(initial=0) > 255 else 1
        return Image.fromarray(np.clip(grey * scale, 0, 255).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("RGB")
