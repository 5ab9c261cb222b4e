"""What is put back into a painting of a photo: its colours, and the faces in it. Pixels alone."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import Located, crop, lay_back, natural_size

Picture = NDArray[np.uint8]

_KEPT = 0.7
"""How much of a face is its own lines in the painting's colours; the rest are strokes."""
_COLOURS, _LINES = 0.029, 0.1
"""Standard deviations of the blurs, in sides of a crop: colours of the painting are what is coarser than the first,
lines of the face what is finer than the second."""
_SMALLEST, _LARGEST = 32, 1024
"""Pixels of the side of the crops in which faces are put back."""


def with_faces_kept(painting: Picture, photo: Picture, faces: Sequence[Located]) -> Picture:
    """Return the painting with the faces of the photo, which is of the same size, still themselves.

    A painter gives skin the wrinkles of a canvas and bends eyes to its brush. So a face keeps its own light and shade
    where they are fine, and takes the painting's colours; some strokes stay.
    """
    for face in faces:
        side = min(max(natural_size(face), _SMALLEST), _LARGEST)
        painted, own = (crop(pixels, face, side).astype(np.float32) for pixels in (painting, photo))
        kept = _blurred(painted, _COLOURS) + _lines(own)[..., None]
        patch = np.clip(np.rint(painted + _KEPT * (kept - painted)), 0, 255).astype(np.uint8)
        painting = lay_back(painting, face, patch)
    return painting


def with_colours_kept(painting: Picture, photo: Picture) -> Picture:
    """Return the painting's light and shade in the colours of the photo, which is of the same size.

    Luma of the one, chroma of the other (ITU-R BT.601; Gatys et al. 2016, https://arxiv.org/abs/1606.05897, 5.2).
    """
    import cv2

    light = cv2.cvtColor(painting, cv2.COLOR_RGB2YCrCb)
    light[..., 1:] = cv2.cvtColor(photo, cv2.COLOR_RGB2YCrCb)[..., 1:]
    return np.asarray(cv2.cvtColor(light, cv2.COLOR_YCrCb2RGB), np.uint8)


def mixed(photo: Picture, painting: Picture, share: float) -> Picture:
    """Return so much of the painting, from 0 to 1, over the photo, which is of the same size."""
    import cv2

    return np.asarray(cv2.addWeighted(painting, share, photo, 1 - share, 0), np.uint8)


def _lines(face: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what is fine in a crop's light and shade ``[s, s]``, around 0."""
    luma = face @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.asarray(luma - _blurred(luma, _LINES), np.float32)


def _blurred(picture: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), max(0.5, share * len(picture))), np.float32)
