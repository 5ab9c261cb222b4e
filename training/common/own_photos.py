"""An owner's own photos: which files of a folder they are, and how one is read. Knows nothing of what is learnt."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.photos import read
from bot.photos.decoding import LONGEST_SIDE

PHOTO_SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".bmp", ".tif", ".tiff"))
"""Of files that are taken for photos."""
_MOST_BYTES, _MOST_DECODED = 100_000_000, 500_000_000
"""What an owner's own photo may take."""


def photos_below(folder: Path) -> list[Path]:
    """Return every photo in a folder and the folders inside it; none where there is no folder."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in PHOTO_SUFFIXES and path.is_file())


def read_own(file: Path, longest_side: int = LONGEST_SIDE) -> NDArray[np.uint8]:
    """Return an owner's own photo, which may be larger than a member's.

    Raises:
        PhotoError: it cannot be read.
        OSError: nor can its file.
    """
    data = file.read_bytes()
    return read(data, most_bytes=_MOST_BYTES, most_decoded=_MOST_DECODED, longest_side=longest_side)
