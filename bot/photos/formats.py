"""Pictures as files that a chat shows: side by side, in a strip, moving. Pixels in, bytes out; metadata never."""

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

SHOWN = 256
"""Pixels of the side of a face: a drawn one is enlarged to it."""
GAP, PAPER = 8, 255
"""Pixels between pictures that are laid out as one, and their brightness."""
_QUALITIES, _MOST_SENT = (92, 80, 60, 40), 8 * 1024 * 1024
"""Bytes; Discord takes ten million and some in a message, and the face goes along."""


def enlarged(picture: Picture, side: int = SHOWN) -> Picture:
    """Return a small square picture at ``side`` pixels, smoothly; a larger one stays as it is."""
    import cv2

    if len(picture) >= side:
        return picture
    return np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


def row(pictures: Sequence[Picture]) -> Picture:
    """Return pictures of one height side by side with a gap of paper."""
    height = len(pictures[0])
    gap = np.full((height, GAP, 3), PAPER, np.uint8)
    parts = [part for picture in pictures for part in (picture, gap)]
    return np.concatenate(parts[:-1], axis=1)


def column(pictures: Sequence[Picture]) -> Picture:
    """Return pictures of one width one above the other with a gap of paper."""
    return row([picture.swapaxes(0, 1) for picture in pictures]).swapaxes(0, 1)


def shrunk(picture: Picture, longest_side: int) -> Picture:
    """Return a picture no longer than asked."""
    import cv2

    scale = longest_side / max(picture.shape[:2])
    if scale >= 1:
        return picture
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def png(picture: Picture) -> bytes:
    """Return the picture as a PNG without metadata."""
    return _saved(picture, "PNG", compress_level=4)


def jpeg(picture: Picture) -> bytes:
    """Return the picture as a JPEG without metadata: for a whole photo, which as PNG would be too large to send.

    Where it would be too large all the same, it is as good as it can be.
    """
    import cv2

    # Pillow writes the same bytes, and copies all pixels twice before.
    swapped = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    for quality in _QUALITIES:
        data = cv2.imencode(".jpg", swapped, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
        if len(data) <= _MOST_SENT:
            break
    return data


def animation(frames: Sequence[Picture], seconds: float = 2.0) -> bytes:
    """Return frames as a GIF that goes there and back for ever."""
    from PIL import Image

    there_and_back = [*frames, *frames[-2:0:-1]]
    # One palette, well chosen, and dithered: 256 colours a frame, quickly chosen, turn skin into steps.
    some = np.concatenate([frames[at][::2, ::2] for at in (0, len(frames) // 2, -1)])
    palette = Image.fromarray(some).quantize(256, Image.Quantize.MEDIANCUT)
    images = [Image.fromarray(frame).quantize(palette=palette) for frame in there_and_back]
    stream = io.BytesIO()
    each = max(40, round(1000 * seconds / len(images)))
    images[0].save(stream, "GIF", save_all=True, append_images=images[1:], duration=each, loop=0)
    return stream.getvalue()


def _saved(picture: Picture, kind: str, **options: int) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(picture).save(stream, kind, **options)
    return stream.getvalue()
