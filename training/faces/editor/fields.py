"""The four fields of an edit as tensors, where each of them may be, and how they change a window.

The same is done to a photo by :mod:`bot.photos.editing`, at its own resolution. Knows nothing of networks.
"""

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from bot.photos.editing import CROP_SIDE, WINDOW_LEFT, WINDOW_SIDE, WINDOW_TOP

_BORDER = 0.14
_LIDS, _BELOW_LIDS = 0.24, 0.48
"""Above the first nothing moves, below the second everything may, in shares of the window's side."""
_MOUTH, _MOUTH_RADII = (0.5, 0.785), (0.24, 0.16)
"""Of the aligned crop."""


class Fields(NamedTuple):
    """``flow [n, 2, 40, 40]``, ``shade [n, 3, 40, 40]``, ``alpha [n, 1, 80, 80]`` and ``colour [n, 3, 80, 80]``."""

    flow: Tensor
    shade: Tensor
    alpha: Tensor
    colour: Tensor


def windows(crops: NDArray[np.uint8]) -> Tensor:
    """Return the windows ``[n, 3, 80, 80]`` in [0, 1] of crops ``[n, 128, 128, 3]``."""
    return lower(crop_tensor(crops))


def crop_tensor(crops: NDArray[np.uint8]) -> Tensor:
    """Return bytes ``[n, s, s, 3]`` as floats ``[n, 3, s, s]`` in [0, 1]."""
    return torch.from_numpy(crops).permute(0, 3, 1, 2).float() / 255


def lower(crops: Tensor) -> Tensor:
    """Return the windows of crops ``[n, 3, 128, 128]``."""
    return crops[..., WINDOW_TOP : WINDOW_TOP + WINDOW_SIDE, WINDOW_LEFT : WINDOW_LEFT + WINDOW_SIDE]


def put_back(crops: Tensor, changed: Tensor) -> Tensor:
    """Return the crops with their windows ``changed``."""
    result = crops.clone()
    lower(result).copy_(changed)
    return result


def apply(window: Tensor, fields: Fields) -> Tensor:
    """Return windows ``[n, 3, 80, 80]`` in [0, 1] changed by their fields."""
    size = window.shape[-1]
    across = (torch.arange(size) + 0.5) / size * 2 - 1
    still = torch.stack(torch.meshgrid(across, across, indexing="xy"), -1)
    places = still + 2 * _enlarged(fields.flow, size).permute(0, 2, 3, 1)
    moved = functional.grid_sample(window, places, mode="bilinear", padding_mode="border", align_corners=False)
    lit = moved + _enlarged(fields.shade, size)
    return lit.lerp(fields.colour, fields.alpha).clamp(0, 1)


def movable(size: int) -> Tensor:
    """Return ``[1, 1, size, size]``: where flow and shade may be, 0 at the border and above the lower lids."""
    at = (torch.arange(size) + 0.5) / size
    edge = (torch.minimum(at, 1 - at) / _BORDER).clamp(0, 1)
    smooth = edge * edge * (3 - 2 * edge)
    ramp = ((at - _LIDS) / (_BELOW_LIDS - _LIDS)).clamp(0, 1)
    return (smooth * ramp)[None, None, :, None] * smooth[None, None, None, :]


def drawable(size: int) -> Tensor:
    """Return ``[1, 1, size, size]``: where a mouth may be drawn."""
    at = (torch.arange(size) + 0.5) / size * WINDOW_SIDE
    x, y = (at + WINDOW_LEFT) / CROP_SIDE, (at + WINDOW_TOP) / CROP_SIDE
    across, down = (x - _MOUTH[0]) / _MOUTH_RADII[0], (y - _MOUTH[1]) / _MOUTH_RADII[1]
    distance = across[None, :] ** 2 + down[:, None] ** 2
    return ((1.25 - distance) / 0.6).clamp(0, 1)[None, None]


def _enlarged(field: Tensor, size: int) -> Tensor:
    return functional.interpolate(field, (size, size), mode="bilinear", align_corners=False)
