"""Pixel conversions: bytes ``[n, s, s, 3]`` to floats ``[n, 3, s, s]`` in [-1, 1], and back."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

Floats = NDArray[np.floating]
"""An array of numbers, as latents ``[n, d]`` are."""


def scaled(pictures: Tensor) -> Tensor:
    """Return bytes as float32 in [-1, 1], whatever their layout."""
    return pictures.float().div(127.5).sub(1)


def to_floats(pictures: Tensor) -> Tensor:
    """Return uint8 ``[n, s, s, 3]`` as float32 ``[n, 3, s, s]`` in [-1, 1], channels last in memory."""
    return scaled(pictures.permute(0, 3, 1, 2))


def quantised(pictures: Tensor) -> Tensor:
    """Return floats ``[n, 3, s, s]`` in [-1, 1] as a tensor uint8 ``[n, s, s, 3]``; what lies outside is clipped."""
    levels = pictures.float().add(1).mul(127.5).round().clamp(0, 255)
    return levels.to(torch.uint8).permute(0, 2, 3, 1)


def to_bytes(pictures: Tensor) -> NDArray[np.uint8]:
    """Return :func:`quantised` pictures as an array."""
    return quantised(pictures).cpu().numpy()


def as_tensor(pictures: NDArray[np.uint8], positions: NDArray[np.intp] | None = None) -> Tensor:
    """Return the pictures at ``positions``, or all, as a uint8 tensor that owns its memory."""
    return torch.from_numpy(np.array(pictures if positions is None else pictures[positions]))


def middle_part(crops: Tensor, room: float, middle: float = 0.56) -> Tensor:
    """Return the square that takes ``room`` of the crops' side, its ``middle`` from their top; edges are repeated."""
    size = crops.shape[-1]
    side = round(size * room)
    left, top = round(size * 0.5 - side / 2), round(size * middle - side / 2)
    beyond = max(0, -left, -top, left + side - size, top + side - size)
    padded = functional.pad(crops, (beyond,) * 4, mode="replicate") if beyond else crops
    return padded[..., top + beyond : top + beyond + side, left + beyond : left + beyond + side]
