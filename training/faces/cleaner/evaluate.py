"""What a cleaner is worth on faces that it has not learnt from: beside filters, and which faces are strange to it.

Knows nothing of training.
"""

from collections.abc import Callable, Mapping, Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from training.faces.cleaner.corruption import Picture, corrupted, patch
from training.faces.cleaner.networks import Cleaner
from training.faces.cleaner.training import shown_small

_BATCH = 64
_MOST = 600
"""Faces that are measured on at most."""
_SEED = 11
_STRANGE = 0.99
"""The share of held-out faces of photos that is not to be called strange."""

Filter = Callable[[Picture], Picture]

FILTERS: Mapping[str, Filter] = {
    "nothing": lambda picture: picture,
    "median_3": lambda picture: np.asarray(cv2.medianBlur(picture, 3), np.uint8),
    "median_5": lambda picture: np.asarray(cv2.medianBlur(picture, 5), np.uint8),
    "bilateral": lambda picture: np.asarray(cv2.bilateralFilter(picture, 5, 40, 2), np.uint8),
    "non_local_means": lambda picture: np.asarray(
        cv2.fastNlMeansDenoisingColored(picture, None, 6, 6, 5, 15), np.uint8
    ),
}


def measured(cleaner: Cleaner, faces: NDArray[np.uint8]) -> dict[str, float]:
    """Return the PSNR (dB) of the cleaner and of each filter on spoilt patches, and from where a face is strange.

    Each is spoilt by its number alone.
    """
    rngs = [np.random.default_rng((_SEED, number)) for number in range(min(_MOST, len(faces)))]
    good = [patch(face, rng) for face, rng in zip(faces, rngs, strict=False)]
    spoilt = [corrupted(picture, rng) for picture, rng in zip(good, rngs, strict=True)]
    metrics = {f"psnr_{name}": psnr([each(picture) for picture in spoilt], good) for name, each in FILTERS.items()}
    metrics["psnr"] = psnr(cleaned(cleaner, spoilt), good)
    strange = strangeness(cleaner, [shown_small(face) for face in faces[:_MOST]])
    return metrics | {"strange": float(np.quantile(strange, _STRANGE)), "usual_strangeness": float(np.median(strange))}


def share_of_strange(cleaner: Cleaner, faces: Sequence[Picture], strange: float) -> float:
    """Return how many of crops are more than so ``strange``, as a share."""
    return float((strangeness(cleaner, [shown_small(face) for face in faces]) > strange).mean())


def is_better(metrics: Mapping[str, float]) -> bool:
    """Return whether a cleaner is nearer to what there was than median filters and than nothing at all."""
    return metrics["psnr"] > max(metrics[f"psnr_{name}"] for name in ("median_3", "median_5", "nothing"))


def psnr(pictures: Sequence[Picture], targets: Sequence[Picture]) -> float:
    """Return the peak signal-to-noise ratio (dB) by the squared error of all: what is hardly spoilt counts little."""
    errors = [
        np.square(picture.astype(float) - target).mean() for picture, target in zip(pictures, targets, strict=True)
    ]
    return float(10 * np.log10(255.0**2 / max(float(np.mean(errors)), 1e-9)))


def cleaned(cleaner: Cleaner, pictures: Sequence[Picture]) -> list[Picture]:
    """Return patches of one size cleaned."""
    return [picture for batch in _batches(pictures) for picture in _run(cleaner, batch, _nothing(len(batch)))[0]]


def strangeness(cleaner: Cleaner, small: Sequence[Picture]) -> NDArray[np.float32]:
    """Return how strange each of small faces is."""
    return np.concatenate([_run(cleaner, batch[:, :8, :8], batch)[1] for batch in _batches(small)])


def _batches(pictures: Sequence[Picture]) -> list[NDArray[np.uint8]]:
    return [np.stack(pictures[start : start + _BATCH]) for start in range(0, len(pictures), _BATCH)]


def _nothing(count: int) -> NDArray[np.uint8]:
    return np.zeros((count, 40, 40, 3), np.uint8)


def _run(
    cleaner: Cleaner, face: NDArray[np.uint8], small: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    with torch.inference_mode():
        clean, strange = cleaner(torch.from_numpy(np.ascontiguousarray(face)), torch.from_numpy(small))
    return clean.numpy(), strange.numpy()
