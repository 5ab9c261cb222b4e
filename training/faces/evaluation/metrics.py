"""How good generated faces are, against photos that the training never saw. Knows nothing of files.

Kernel distance (Bińkowski et al. 2018) in the features of a judge: a small set makes FID useless. Sliced Wasserstein
distance on the levels of a Laplacian pyramid (Karras et al. 2018, section 5), which asks no network. And whether faces
are copied: how near the nearest training photo is, against the same for photos of other people.
"""

import warnings

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchmetrics.image.kid import KernelInceptionDistance

from training.faces.attributes.classifier import Fitted, Network

_SUBSETS = 100
_PATCH = 7
_PATCHES, _SLICES = 64, 128


class JudgesFeatures(nn.Module):
    """A judge as :func:`kid` wants it: uint8 pictures ``[n, 3, s, s]`` to features."""

    def __init__(self, network: Network) -> None:
        """Take the judge's network."""
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the penultimate layer."""
        return self.network.features(pictures.float().div(127.5).sub(1))


def kid(features: nn.Module, real: Tensor, drawn: Tensor, name: str = "kid") -> dict[str, float]:
    """Return the distance of uint8 pictures ``[n, s, s, 3]``, and between what 95 of 100 draws of half of them lie."""
    size = min(len(real), len(drawn)) // 2
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extracted features in buffer")  # we keep a few thousand
        metric = KernelInceptionDistance(features, subsets=_SUBSETS, subset_size=max(2, size))
    for pictures, is_real in ((real, True), (drawn, False)):
        for batch in torch.split(pictures.permute(0, 3, 1, 2), 256):
            metric.update(batch, real=is_real)
    torch.manual_seed(0)
    mean, deviation = (float(value) for value in metric.compute())
    return {name: mean, f"{name}_low": mean - 1.96 * deviation, f"{name}_high": mean + 1.96 * deviation}


def swd(real: NDArray[np.uint8], drawn: NDArray[np.uint8]) -> float:
    """Return the sliced Wasserstein distance of patches, the mean over the levels down to 16 pixels."""
    chance = np.random.default_rng(0)
    count = min(len(real), len(drawn))
    pyramids = [_laplacian(pictures[:count].astype(np.float32)) for pictures in (real, drawn)]
    levels = [
        _sliced(_patches(one, chance), _patches(other, chance), chance) for one, other in zip(*pyramids, strict=True)
    ]
    return float(np.mean(levels))


def nearest_ratio(judge: Fitted, learnt: Tensor, held_out: Tensor, drawn: Tensor) -> float:
    """Return how near drawn faces are to the nearest learnt photo, as a share of how near held-out photos are.

    About 1 is well; towards 0 the generator copies. Distances are medians in the judge's features of pictures.
    """
    features = judge.features(learnt)
    far = [_nearest(judge.features(pictures), features).median() for pictures in (drawn, held_out)]
    return float(far[0] / far[1].clamp(min=1e-9))


def _nearest(ones: Tensor, others: Tensor) -> Tensor:
    """Return how far each of ``ones`` is from the nearest of ``others``; all distances at once may not fit."""
    return torch.cat([torch.cdist(some, others).amin(1) for some in torch.split(ones, 512)])


def _laplacian(pictures: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    import cv2

    levels = []
    while pictures.shape[1] > 16:
        small = np.stack([cv2.pyrDown(picture) for picture in pictures])
        large = np.stack([cv2.pyrUp(picture) for picture in small])
        levels.append(pictures - large)
        pictures = small
    return [*levels, pictures]


def _patches(level: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Return patches ``[n, 7 * 7 * 3]`` from anywhere, each colour channel normalised."""
    count, side = len(level) * _PATCHES, level.shape[1] - _PATCH
    which = np.repeat(np.arange(len(level)), _PATCHES)
    top, left = (chance.integers(0, side + 1, count)[:, None, None] for _ in range(2))
    across = np.arange(_PATCH)
    found = level[which[:, None, None], top + across[:, None], left + across]
    normal = (found - found.mean((0, 1, 2))) / (found.std((0, 1, 2)) + 1e-6)
    return np.asarray(normal.reshape(count, -1), np.float32)


def _sliced(one: NDArray[np.float32], other: NDArray[np.float32], chance: np.random.Generator) -> float:
    slices = chance.normal(size=(one.shape[1], _SLICES)).astype(np.float32)
    slices /= np.linalg.norm(slices, axis=0)
    return float(np.abs(np.sort(one @ slices, axis=0) - np.sort(other @ slices, axis=0)).mean())
