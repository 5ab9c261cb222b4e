"""Metrics of generated faces, against photos that the training never saw.

Kernel distance (Bińkowski et al. 2018) in the features of a judge: a small set makes FID useless. Inception's features
(Szegedy et al. 2016) make it comparable with those in papers; that network is torch-fidelity's, no dependency of ours
as it wants torchvision, and its weights are given as a file. Sliced Wasserstein distance on the levels of a Laplacian
pyramid (Karras et al. 2018, section 5), which asks no network. And whether faces are copied: how near the nearest
training photo is, against the same for photos of other people.

Knows nothing of run folders.
"""

import pickle
import warnings
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchmetrics.image.kid import KernelInceptionDistance

from training.common.errors import FacesError
from training.faces.attributes.classifier import Network, TrainedClassifier
from training.faces.data.tensors import scaled

_SUBSETS = 100
_PATCH = 7
_PATCHES, _SLICES = 64, 128


class JudgeFeatures(nn.Module):
    """A judge as :func:`kid` wants it: uint8 pictures ``[n, 3, s, s]`` to features."""

    def __init__(self, network: Network) -> None:
        """Take the judge's network."""
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the penultimate layer."""
        return self.network.features(scaled(pictures))


def inception_features(weights: Path) -> nn.Module:
    """Return the network that takes uint8 pictures ``[n, 3, s, s]`` to features ``[n, 2048]``.

    Raises:
        FacesError: torch-fidelity is not installed, or the file holds other weights.
    """
    from torchmetrics.image.fid import NoTrainInceptionV3

    try:
        return NoTrainInceptionV3("inception-v3-compat", ["2048"], str(weights))
    except ModuleNotFoundError as error:
        raise FacesError("Inception's features need torch-fidelity: pip install torch-fidelity.") from error
    except (OSError, RuntimeError, TypeError, EOFError, pickle.UnpicklingError) as error:
        raise FacesError(f"{weights} does not hold torch-fidelity's weights of Inception v3 ({error}).") from error


def kid(features: nn.Module, real: Tensor, generated: Tensor, name: str = "kid") -> dict[str, float]:
    """Return the kernel distance of uint8 pictures ``[n, s, s, 3]``, and where 95 of 100 draws of half of them lie."""
    size = min(len(real), len(generated)) // 2
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*extracted features in buffer")  # we keep a few thousand
        metric = KernelInceptionDistance(features, subsets=_SUBSETS, subset_size=max(2, size))
    for pictures, is_real in ((real, True), (generated, False)):
        for batch in torch.split(pictures.permute(0, 3, 1, 2), 256):
            metric.update(batch, real=is_real)
    torch.manual_seed(0)
    mean, deviation = (float(value) for value in metric.compute())
    return {name: mean, f"{name}_low": mean - 1.96 * deviation, f"{name}_high": mean + 1.96 * deviation}


def swd(real: NDArray[np.uint8], generated: NDArray[np.uint8]) -> float:
    """Return the sliced Wasserstein distance of patches, the mean over the levels down to 16 pixels."""
    rng = np.random.default_rng(0)
    count = min(len(real), len(generated))
    pyramids = [_laplacian(pictures[:count].astype(np.float32)) for pictures in (real, generated)]
    levels = [_sliced(_patches(one, rng), _patches(other, rng), rng) for one, other in zip(*pyramids, strict=True)]
    return float(np.mean(levels))


def nearest_ratio(judge: TrainedClassifier, learnt: Tensor, held_out: Tensor, generated: Tensor) -> float:
    """Return how near generated faces are to the nearest learnt photo, as a share of how near held-out photos are.

    About 1 is well; towards 0 the generator copies. Distances are medians in the judge's features of pictures.
    """
    features = judge.features(learnt)
    distances = [_nearest(judge.features(pictures), features).median() for pictures in (generated, held_out)]
    return float(distances[0] / distances[1].clamp(min=1e-9))


def _nearest(ones: Tensor, others: Tensor) -> Tensor:
    """Return how far each of ``ones`` is from the nearest of ``others``; all distances at once may not fit."""
    return torch.cat([torch.cdist(batch, others).amin(1) for batch in torch.split(ones, 512)])


def _laplacian(pictures: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    import cv2

    levels = []
    while pictures.shape[1] > 16:
        small = np.stack([cv2.pyrDown(picture) for picture in pictures])
        large = np.stack([cv2.pyrUp(picture) for picture in small])
        levels.append(pictures - large)
        pictures = small
    return [*levels, pictures]


def _patches(level: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Return patches ``[n, 7 * 7 * 3]`` from anywhere, each colour channel normalised."""
    count, side = len(level) * _PATCHES, level.shape[1] - _PATCH
    pictures = np.repeat(np.arange(len(level)), _PATCHES)
    top, left = (rng.integers(0, side + 1, count)[:, None, None] for _ in range(2))
    across = np.arange(_PATCH)
    patches = level[pictures[:, None, None], top + across[:, None], left + across]
    normal = (patches - patches.mean((0, 1, 2))) / (patches.std((0, 1, 2)) + 1e-6)
    return np.asarray(normal.reshape(count, -1), np.float32)


def _sliced(one: NDArray[np.float32], other: NDArray[np.float32], rng: np.random.Generator) -> float:
    slices = rng.normal(size=(one.shape[1], _SLICES)).astype(np.float32)
    slices /= np.linalg.norm(slices, axis=0)
    return float(np.abs(np.sort(one @ slices, axis=0) - np.sort(other @ slices, axis=0)).mean())
