"""Image files: grids and animations of pictures. Knows nothing of networks."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.bundle.files import whole

Pictures = NDArray[np.uint8]
_GAP = 2
_SECONDS = 8.0
"""Of an animation, once through."""


def grid(pictures: Pictures, columns: int) -> Pictures:
    """Return ``pictures [n, s, s, 3]`` side by side on white, row by row."""
    count, height, width, _ = pictures.shape
    rows = -(-count // columns)
    sheet = np.full((rows * (height + _GAP) - _GAP, columns * (width + _GAP) - _GAP, 3), 255, np.uint8)
    for index, picture in enumerate(pictures):
        top, left = index // columns * (height + _GAP), index % columns * (width + _GAP)
        sheet[top : top + height, left : left + width] = picture
    return sheet


def save_png(picture: Pictures, path: Path) -> None:
    """Write a PNG, whole or not at all."""
    from PIL import Image

    with whole(path) as beside:
        Image.fromarray(picture).save(beside, "PNG")


def animate(frames: Sequence[Path], path: Path) -> None:
    """Write the pictures of ``frames`` one after the other as an animated WebP that repeats."""
    from PIL import Image

    pictures = [Image.open(frame).convert("RGB") for frame in frames]
    if pictures:
        duration = max(60, round(1000 * _SECONDS / len(pictures)))
        with whole(path) as beside:
            pictures[0].save(
                beside, "WEBP", save_all=True, append_images=pictures[1:], duration=duration, loop=0, quality=75
            )
