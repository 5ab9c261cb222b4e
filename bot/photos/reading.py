"""A photo's bytes to pixels, with care: they come from anybody.

What a file is and how large it would be is read from its header before anything is decoded. Metadata is dropped, the
orientation that it tells is applied. Knows nothing of faces, and nothing of where the bytes come from.
"""

import io
import re
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
_UNREAD_BEGINNINGS = (b"BM", b"II*\x00", b"MM\x00*")
_UNREAD_BRANDS = (b"hei", b"hev", b"mif1", b"msf1", b"avi")
"""Of HEIC and AVIF, after their ``ftyp``."""
_ORIENTATION = 0x0112
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""Of a JPEG's segment (ITU T.81, B.1.1.2): in a scan's data no other byte follows an 0xFF."""
_START_OF_SCAN, _END = b"\xda", b"\xd9"
_JPEG = b"\xff\xd8"
_MOST_SCANS, _MOST_SEGMENTS, _MOST_SCANNED = 1_000, 10_000, 10 * MOST_PIXELS
"""Of a JPEG, and the pixels that its scans may go over in all: a small file can ask for thousands of scans."""


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
    scans = _scans(data) if data.startswith(_JPEG) else 1
    if scans > _MOST_SCANS:
        raise PhotoError(PhotoProblem.BROKEN)
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is below the one that Pillow warns of
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PhotoError(PhotoProblem.TOO_MANY_PIXELS)
                if scans * picture.width * picture.height > _MOST_SCANNED:
                    raise PhotoError(PhotoProblem.BROKEN)
                return _pixels(picture, longest_side)
    except Image.DecompressionBombError:
        raise PhotoError(PhotoProblem.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise PhotoError(PhotoProblem.OTHER_FORMAT if _unread(data) else PhotoProblem.NO_PICTURE) from None
    # Pillow tells of damage in many ways.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError):
        raise PhotoError(PhotoProblem.BROKEN) from None


def _scans(data: bytes) -> int:
    """Return how many scans a JPEG has up to its end: a film that a phone hangs on is none of it."""
    count, at = 0, 2
    for _ in range(_MOST_SEGMENTS):
        found = _MARKER.search(data, at)
        if found is None or found[1] == _END:
            return count
        count += found[1] == _START_OF_SCAN
        at = found.end() + max(2, int.from_bytes(data[found.end() : found.end() + 2], "big"))
    return _MOST_SCANS + 1


def _unread(data: bytes) -> bool:
    """Whether this is a picture of a kind that is not read here."""
    branded = data[4:8] == b"ftyp" and data[8:12].startswith(_UNREAD_BRANDS)
    return branded or data.startswith(_UNREAD_BEGINNINGS) or b"<svg" in data[:4096].lower()


def _pixels(picture: "Image.Image", longest_side: int) -> NDArray[np.uint8]:
    # JPEG can be decoded at a half, a quarter or an eighth; other formats ignore this.
    picture.draft("RGB", (longest_side, longest_side))
    turn = _turn(picture)
    small = _shrunk(picture, longest_side)
    rgb = _rgb(small)
    return np.array(rgb if turn is None else rgb.transpose(turn), dtype=np.uint8)


def _shrunk(picture: "Image.Image", longest_side: int) -> "Image.Image":
    """Return the picture no larger than asked, before anything makes further copies of it."""
    from PIL import Image

    if max(picture.size) <= longest_side:
        return picture
    if picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):  # the others are not averaged as they are
        picture = picture.convert("RGBA") if picture.has_transparency_data else _rgb(picture)
    picture.thumbnail((longest_side, longest_side), Image.Resampling.BOX)
    return picture


def _turn(picture: "Image.Image") -> "Image.Transpose | None":
    """Return how the orientation that a camera noted is undone: None where it noted none, or nonsense."""
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    try:
        return turns.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - metadata from anybody fails in every way, and the pixels are still good
        return None


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
