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


def centred(pixels: NDArray[np.uint8], face: Located) -> Located:
    """Return ``face`` as if its eyes lay where they usually lie above its mouth; as it is where they do."""
    off = _mouth(pixels, face) - _USUAL
    if not _NEAR < float(np.hypot(*off)) < _FAR:
        return face
    left, right = np.array(face.left), np.array(face.right)
    x, y = off @ ((right - left), (left[1] - right[1], right[0] - left[0]))
    return Located((face.left[0] + x, face.left[1] + y), (face.right[0] + x, face.right[1] + y))


def _mouth(pixels: NDArray[np.uint8], face: Located) -> NDArray[np.float64]:
    """Return where the mouth's middle lies (aside, below), in distances of the eyes; also by the mirror image."""
    seen = crop(pixels, face, POINTS_SIDE, _EYES)
    middles = five(points(np.stack([seen, seen[:, ::-1]])))[:, 3:].mean(1, dtype=np.float64)
    middles[1, 0] = 1 - middles[1, 0]
    (left, top), (right, _) = _EYES
    return np.asarray((middles.mean(0) - ((left + right) / 2, top)) / (right - left))
