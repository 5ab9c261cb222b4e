"""Decoding of a photo's bytes to pixels, with care: they come from anybody.

What a file is and how large it would be is read from its header before anything is decoded. Metadata is dropped, the
orientation that it tells is applied. Knows nothing of faces, and nothing of where the bytes come from.
"""

import io
import math
import re
import warnings
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 8 * 1024 * 1024
MOST_DECODED = 100_000_000
"""Bytes that a photo may take while it is decoded: a small file can ask for gigabytes."""
LONGEST_SIDE = 4096
"""A larger photo is decoded smaller: nobody sees more on Discord, and a face needs far less."""

_MOST_JPEG_PIXELS = 64_000_000
"""A JPEG is decoded at a half or less where it is larger than asked, so that this bounds time alone."""
_LONGEST_UNDECODED = 32_768
"""Of either side: Pillow remembers where each row lies."""
_MOST_TIMES_AS_LONG = 20
"""One side as the other: at 1,000 pixels the other would have 50."""
# Pillow's own storage, and what the way from there to RGB takes at the picture's full size.
_BYTES_A_PIXEL = {"L": 1, "1": 5, "P": 5, "I;16": 3, "I;16B": 3, "I": 5, "F": 5}
_USUAL_BYTES, _COEFFICIENTS = 4, 6
"""The second a pixel of a progressive JPEG, all of which is kept until its last scan."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_UNREAD_BEGINNINGS = (b"BM", b"II*\x00", b"MM\x00*")
_UNREAD_BRANDS = (b"hei", b"hev", b"mif1", b"msf1", b"avi")
"""Of HEIC and AVIF, after their ``ftyp``."""
_ORIENTATION = 0x0112
_DEEP, _STRIP = ("I", "F"), 128
_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])")
"""Of a JPEG's segment (ITU T.81, B.1.1.2): in a scan's data no other byte follows an 0xFF."""
_START_OF_SCAN, _END = b"\xda", b"\xd9"
_JPEG = b"\xff\xd8"
_UPRIGHT: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    2: np.fliplr,
    3: partial(np.rot90, k=2),
    4: np.flipud,
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: partial(np.rot90, k=-1),
    7: lambda pixels: np.rot90(pixels, 2).swapaxes(0, 1),
    8: np.rot90,
}
"""What undoes an orientation that a camera notes (EXIF 2.3, 4.6.4)."""
_MOST_SCANS, _MOST_SEGMENTS, _MOST_SCANNED = 1_000, 10_000, 400_000_000
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
    NARROW = "narrow"
    """A strip, of which nothing could be seen."""
    NO_FACE = "no face"
    UNFIT_FACE = "unfit face"
    """There are faces, and all of them are tiny or cut off by the edge."""


class PhotoError(Exception):
    """A photo that was not taken."""

    def __init__(self, problem: PhotoProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read(
    data: bytes,
    *,
    most_bytes: int = MOST_BYTES,
    most_decoded: int = MOST_DECODED,
    longest_side: int = LONGEST_SIDE,
) -> NDArray[np.uint8]:
    """Return the photo (of an animation the first picture) as RGB ``[height, width, 3]``, upright.

    What is transparent becomes white. Neither side of the result is longer than ``longest_side`` pixels.

    Raises:
        PhotoError: it is too large, no picture, of another format, broken, or a strip.
    """
    if len(data) > most_bytes:
        raise PhotoError(PhotoProblem.TOO_MANY_BYTES)
    scans, is_whole = _scans(data) if data.startswith(_JPEG) else (1, False)
    if scans > _MOST_SCANS:
        raise PhotoError(PhotoProblem.BROKEN)
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit is below the one that Pillow warns of
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                full = picture.width * picture.height
                _draft(picture, longest_side)
                if _decoded(picture, full) > most_decoded or max(picture.size) > _LONGEST_UNDECODED:
                    raise PhotoError(PhotoProblem.TOO_MANY_PIXELS)
                if scans * full > _MOST_SCANNED:
                    raise PhotoError(PhotoProblem.BROKEN)
                if max(picture.size) > _MOST_TIMES_AS_LONG * min(picture.size):
                    raise PhotoError(PhotoProblem.NARROW)
                pixels = _whole_jpeg(data, picture, full) if is_whole else None
                pixels = _pixels(picture, longest_side) if pixels is None else _no_longer(pixels, longest_side)
                return _upright(pixels, picture)
    except Image.DecompressionBombError:
        raise PhotoError(PhotoProblem.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise PhotoError(PhotoProblem.OTHER_FORMAT if _unread(data) else PhotoProblem.NO_PICTURE) from None
    # Pillow tells of damage in many ways.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, MemoryError):
        raise PhotoError(PhotoProblem.BROKEN) from None


def _draft(picture: "Image.Image", longest_side: int) -> None:
    """Let a large JPEG be decoded at a half, a quarter or an eighth; other formats ignore this.

    A little below what is asked for is enough: the next larger step takes four times as much.
    """
    scale = 0.75 * longest_side / max(picture.size)
    width, height = (max(1, int(side * scale)) for side in picture.size)
    picture.draft("RGB", (width, height))


def _decoded(picture: "Image.Image", full: int) -> float:
    """Return how many bytes decoding takes, of a picture that has ``full`` pixels and may be decoded at fewer."""
    pixels = picture.width * picture.height
    if picture.format != "JPEG":
        # WebP's decoder has a picture of its own, and GIF's one that it draws on.
        times = 1 if picture.format == "PNG" else 2
        return times * pixels * _BYTES_A_PIXEL.get(picture.mode, _USUAL_BYTES)
    if full > _MOST_JPEG_PIXELS:
        return math.inf
    return pixels * _USUAL_BYTES + (full * _COEFFICIENTS if "progressive" in picture.info else 0)


def size(data: bytes) -> tuple[int, int]:
    """Return width and height of a photo that can be read, as its file tells them."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        return picture.size


def _scans(data: bytes) -> tuple[int, bool]:
    """Return how many scans a JPEG has up to its end, and whether it has one; what a phone hangs on is no part."""
    count, at = 0, 2
    for _ in range(_MOST_SEGMENTS):
        marker = _MARKER.search(data, at)
        if marker is None or marker[1] == _END:
            return count, marker is not None
        count += marker[1] == _START_OF_SCAN
        at = marker.end() + max(2, int.from_bytes(data[marker.end() : marker.end() + 2], "big"))
    return _MOST_SCANS + 1, False


def _unread(data: bytes) -> bool:
    """Whether this is a picture of a kind that is not read here."""
    branded = data[4:8] == b"ftyp" and data[8:12].startswith(_UNREAD_BRANDS)
    return branded or data.startswith(_UNREAD_BEGINNINGS) or b"<svg" in data[:4096].lower()


def _whole_jpeg(data: bytes, picture: "Image.Image", full: int) -> NDArray[np.uint8] | None:
    """Return the pixels of a JPEG in colours that is wanted at its full size, or None of any other.

    OpenCV makes the same pixels of it, with half of Pillow's copies. It tells of no damage, so this is for files that
    have an end.
    """
    import cv2

    if picture.format != "JPEG" or picture.mode != "RGB" or picture.width * picture.height != full:
        return None
    flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    return None if pixels is None else np.asarray(pixels, np.uint8)


def _no_longer(pixels: NDArray[np.uint8], longest_side: int) -> NDArray[np.uint8]:
    """Return pixels of less than twice the side no larger than asked: linear is as good from so near, and faster."""
    import cv2

    scale = longest_side / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _pixels(picture: "Image.Image", longest_side: int) -> NDArray[np.uint8]:
    if _a_little_larger(picture, longest_side):
        return _sampled(picture, longest_side)
    return _array(_rgb(_shrunk(picture, longest_side)))


def _a_little_larger(picture: "Image.Image", longest_side: int) -> bool:
    """Return whether it is a photo of less than twice the side: as a JPEG of a phone is after its draft."""
    plain = picture.mode == "RGB" and not picture.has_transparency_data
    return plain and longest_side < max(picture.size) < 2 * longest_side


def _sampled(picture: "Image.Image", longest_side: int) -> NDArray[np.uint8]:
    """Return the picture no larger than asked, as :func:`_no_longer` does, a strip at a time."""
    import cv2

    scale = max(picture.size) / longest_side
    width, height = (max(1, round(side / scale)) for side in picture.size)
    small = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _STRIP):
        rows = min(_STRIP, height - top)
        first, last = max(0, int(top * scale) - 2), min(picture.height, int((top + rows) * scale) + 3)
        strip = np.asarray(picture.crop((0, first, picture.width, last)))
        start = np.array([[scale, 0, scale / 2 - 0.5], [0, scale, (top + 0.5) * scale - 0.5 - first]])
        cv2.warpAffine(
            strip, start, (width, rows), small[top : top + rows], cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            cv2.BORDER_REPLICATE,
        )  # fmt: skip
    return small


def _array(rgb: "Image.Image") -> NDArray[np.uint8]:
    """Return the pixels, taken over a strip at a time: all at once there would be another copy of them."""
    width, height = rgb.size
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _STRIP):
        pixels[top : top + _STRIP] = np.asarray(rgb.crop((0, top, width, min(height, top + _STRIP))))
    return pixels


def _shrunk(picture: "Image.Image", longest_side: int) -> "Image.Image":
    """Return the picture no larger than asked, before anything makes further copies of it."""
    from PIL import Image

    if max(picture.size) <= longest_side:
        return picture
    if picture.mode.startswith(_DEEP):
        picture = _shallow(picture)
    elif picture.mode not in ("RGB", "RGBA", "L", "LA", "CMYK"):  # the others are not averaged as they are
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((longest_side, longest_side), Image.Resampling.BOX)
    return picture


def _shallow(picture: "Image.Image") -> "Image.Image":
    """Return a grey picture of more than 8 bits in 8, a strip at a time; Pillow's own conversion clips it."""
    from PIL import Image

    width, height = picture.size
    _, brightest = picture.getextrema()
    scale = 255 / 65535 if float(cast("float", brightest)) > 255 else 1.0
    grey = np.empty((height, width), np.uint8)
    for top in range(0, height, _STRIP):
        strip = picture.crop((0, top, width, min(height, top + _STRIP)))
        grey[top : top + _STRIP] = np.clip(np.asarray(strip, np.float32) * scale, 0, 255)
    return Image.fromarray(grey)


def _upright(pixels: NDArray[np.uint8], picture: "Image.Image") -> NDArray[np.uint8]:
    """Return the pixels turned as the camera noted; as they are where it noted nothing, or nonsense."""
    try:
        turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - metadata from anybody fails in every way, and the pixels are still good
        return pixels
    return pixels if turn is None else np.ascontiguousarray(turn(pixels))


def _rgb(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    if picture.mode.startswith(_DEEP):
        return _shallow(picture).convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture if picture.mode == "RGB" else picture.convert("RGB")
