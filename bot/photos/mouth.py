"""Where a face has its mouth: eyes alone do not tell, for of a head that is turned or bowed it lies elsewhere.

What changes mouths has learnt where they lie below the eyes of people who face the camera. Knows not what changes them.
"""

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import Eyes, Located, crop
from bot.photos.networks import POINTS_SIDE, five, points

_EYES: Eyes = ((0.307, 0.233), (0.693, 0.233))
"""Where they lie in a picture that is filled by the landmarks as the network knows it."""
_USUAL = np.array([0.014, 1.059])
"""Where a mouth's middle lies, aside of and below that of the eyes, in their distances: the median of 380 photos."""
_NEAR, _FAR = 0.1, 0.6
"""How far from there one is still where it usually is, and how far none is: nearer the points wander as much."""
_STEADY = 0.12
"""How far apart it may lie in a face and in its mirror image: of 150 people it was 0.094 at most."""


def centred(pixels: NDArray[np.uint8], face: Located) -> Located:
    """Return ``face`` above its mouth and as tall as the mouth lies far below its eyes; itself where that is usual.

    So it is where no mouth can be believed: one that lies elsewhere in the mirror image.
    """
    mouth = _mouth(pixels, face)
    if mouth is None or not _NEAR < float(np.hypot(*(mouth - _USUAL))) < _FAR:
        return face
    (left, top), (right, bottom) = face.left, face.right
    x, y = float(mouth[0] - _USUAL[0]) * np.array([right - left, bottom - top])
    return Located((left + x, top + y), (right + x, bottom + y), float(mouth[1] / _USUAL[1]))


def _mouth(pixels: NDArray[np.uint8], face: Located) -> NDArray[np.float64] | None:
    """Return where the mouth's middle lies, aside and below, in distances of the eyes; None where that is not sure."""
    seen = crop(pixels, face, POINTS_SIDE, _EYES)
    middles = five(points(np.stack([seen, seen[:, ::-1]])))[:, 3:].mean(1, dtype=np.float64)
    middles[1, 0] = 1 - middles[1, 0]
    (left, top), (right, _) = _EYES
    here, mirrored = (middles - ((left + right) / 2, top)) / (right - left)
    return (here + mirrored) / 2 if float(np.hypot(*(here - mirrored))) < _STEADY else None
