"""Faces as small and bad photos have them: blurred, from fewer pixels, noisy, and compressed. Knows no networks."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

PATCH = 64
"""Pixels of the side of what is learnt from: a part of a face, at the scale of a small photo's."""
_SMALLEST, _LARGEST = 48, 128
"""Pixels of the side of a crop at which a patch is cut from it."""
_BLUR, _FEWER, _NOISE, _COLOURS, _QUALITY = 1.6, 2.2, 28.0, 0.6, (18, 90)
"""The strongest: standard deviation of a blur, pixels for one, standard deviation of noise, the share of it that is of
colour; and the qualities of a JPEG."""
_CHANCES = {"nothing": 0.05, "blur": 0.5, "fewer": 0.35, "noise": 0.8, "jpeg": 0.6}


def patch(face: Picture, rng: np.random.Generator) -> Picture:
    """Return a square ``[64, 64, 3]`` of a crop, at a size at which a small photo shows it; half of them mirrored."""
    side = int(rng.integers(_SMALLEST, _LARGEST + 1))
    smaller = cv2.resize(face, (max(side, PATCH), max(side, PATCH)), interpolation=cv2.INTER_AREA)
    top, left = rng.integers(0, len(smaller) - PATCH + 1, 2)
    cut = smaller[top : top + PATCH, left : left + PATCH]
    return np.ascontiguousarray(cut[:, ::-1] if rng.random() < 0.5 else cut)


def corrupted(picture: Picture, rng: np.random.Generator) -> Picture:
    """Return a picture with some of what spoils one; now and then with nothing, so that what is good stays."""
    if rng.random() < _CHANCES["nothing"]:
        return picture
    result = picture.astype(np.float32)
    if rng.random() < _CHANCES["blur"]:
        result = cv2.GaussianBlur(result, (0, 0), float(rng.uniform(0.3, _BLUR)))
    if rng.random() < _CHANCES["fewer"]:
        result = _from_fewer(result, float(rng.uniform(1.1, _FEWER)))
    if rng.random() < _CHANCES["noise"]:
        result = result + _noise(result.shape, rng)
    result_bytes = np.clip(np.rint(result), 0, 255).astype(np.uint8)
    if rng.random() < _CHANCES["jpeg"]:
        return _compressed(result_bytes, int(rng.integers(*_QUALITY)))
    return result_bytes


def _from_fewer(picture: NDArray[np.float32], times: float) -> NDArray[np.float32]:
    height, width = picture.shape[:2]
    fewer = cv2.resize(picture, (round(width / times), round(height / times)), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(fewer, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    grey = rng.standard_normal((*shape[:2], 1), np.float32)
    colour = rng.standard_normal(shape, np.float32)
    share = float(rng.uniform(0, _COLOURS))
    return np.asarray(float(rng.uniform(2, _NOISE)) * ((1 - share) * grey + share * colour), np.float32)


def _compressed(picture: Picture, quality: int) -> Picture:
    data = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])
