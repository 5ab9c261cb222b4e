"""The pictures that a style is learnt with: the one that it is of, and squares of any photos. Knows no network."""

from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.photos import PhotoError
from training.common.errors import StyleError
from training.common.own_photos import photos_below, read_own
from training.common.progress import Progress

_LARGER = 1.25
"""How many times a photo's square is as large as what is cut out of it, somewhere."""
_MOST, _HELD_OUT, _EVERY = 2_000, 4, 10
"""Photos that are read, those of them on which the style is measured, and how many there are for each of these."""
_FEWEST = 2
_PLAIN = 2.0
"""The standard deviation, of 255, below which a picture is of one colour."""

Squares = NDArray[np.uint8]


def style_picture(file: Path, longest_side: int) -> Tensor:
    """Return the picture that a style is of ``[3, h, w]``, from 0 to 1.

    Raises:
        StyleError: it cannot be read, or there is nothing to learn from it.
    """
    try:
        pixels = read_own(file, longest_side)
    except (PhotoError, OSError) as error:
        raise StyleError(f"{file} cannot be read as a picture ({error}): give a PNG or a JPEG.") from error
    if float(pixels.std(axis=(0, 1)).max()) < _PLAIN:
        raise StyleError(f"{file} is of one colour: there is no style in it to learn.")
    if min(pixels.shape[:2]) < 32:
        raise StyleError(f"{file} is too small to learn from: give a picture of 200 pixels or more.")
    return tensor_of(pixels[None])[0]


def photo_squares(folder: Path, side: int, seed: int, progress: Progress) -> tuple[Squares, Squares]:
    """Return squares ``[n, s, s, 3]`` to learn from, a little larger than ``side``, and some of it that are held out.

    Those are to measure and to show. What cannot be read is left out; of many photos some are drawn.

    Raises:
        StyleError: there is no such folder, or too few in it.
    """
    files = photos_below(folder)
    drawn = np.random.default_rng(seed).permutation(len(files))[:_MOST]
    squares = []
    for done, at in enumerate(drawn, 1):
        progress(done, len(drawn))
        square = _square(files[at], round(_LARGER * side))
        if square is not None:
            squares.append(square)
    if len(squares) < _FEWEST:
        raise StyleError(f"Of the photos in {folder} {len(squares)} can be read: give a folder with some more.")
    held_out = min(_HELD_OUT, max(1, len(squares) // _EVERY))
    shown = [np.asarray(cv2.resize(each, (side, side), interpolation=cv2.INTER_AREA)) for each in squares[:held_out]]
    return np.stack(squares[held_out:]), np.stack(shown)


def _square(file: Path, side: int) -> NDArray[np.uint8] | None:
    """Return the middle of a photo, or None where it cannot be read."""
    try:
        pixels = read_own(file, 4 * side)
    except (PhotoError, OSError):
        return None
    height, width, _ = pixels.shape
    whole = min(height, width)
    top, left = (height - whole) // 2, (width - whole) // 2
    middle = pixels[top : top + whole, left : left + whole]
    return np.asarray(cv2.resize(middle, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def tensor_of(pictures: Squares) -> Tensor:
    """Return pictures ``[n, h, w, 3]`` as ``[n, 3, h, w]``, from 0 to 1."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255


def pictures_of(tensors: Tensor) -> Squares:
    """Return the same the other way round."""
    return np.asarray((tensors.detach() * 255).round().clamp(0, 255).byte().permute(0, 2, 3, 1).numpy())
