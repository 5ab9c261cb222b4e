"""The critic of the editor's windows, which begins as a classifier that teaches: who smiles, and what is a photo.

Knows nothing of how it is trained.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

SORTS = 9
"""Sorts of faces that are compared with their like: three of sex (man, woman, not known), three of smile (a closed
one, a grin, none)."""


class Critic(nn.Module):
    """Windows ``[n, 3, 80, 80]`` in [0, 1] → how real each is among its sort (a projection: Miyato & Koyama 2018)."""

    def __init__(self) -> None:
        super().__init__()
        widths = (3, 32, 64, 128, 128)
        self.layers = nn.ModuleList(nn.Conv2d(before, after, 4, 2, 1) for before, after in pairwise(widths))
        self.real = nn.Conv2d(widths[-1], 1, 3, padding=1)
        self.sort = nn.Embedding(SORTS, widths[-1])
        self.smile = nn.Linear(widths[-1], 1)

    def features(self, window: Tensor) -> list[Tensor]:
        """Return what each layer sees."""
        x, features = window * 4 - 2, []
        for layer in self.layers:
            x = functional.leaky_relu(layer(x), 0.2)
            features.append(x)
        return features

    def smiling(self, window: Tensor) -> Tensor:
        """Return the log odds that each smiles."""
        odds: Tensor = self.smile(self.features(window)[-1].mean((2, 3)))[:, 0]
        return odds

    def forward(self, window: Tensor, sort: Tensor) -> Tensor:
        """Return the log odds that each is a photo, given its ``sort``."""
        last = self.features(window)[-1]
        among = (last.mean((2, 3)) * self.sort(sort)).sum(1)
        realness: Tensor = self.real(last).mean((1, 2, 3)) + 0.3 * among
        return realness


def jittered(window: Tensor) -> Tensor:
    """Return windows in other light, warmth and contrast, a little shifted: none of these may tell them apart."""
    mean = window.mean((2, 3), keepdim=True)
    x = (window - mean) * (1 + _spread(window, 0.25)) + mean + _spread(window, 0.12) + _spread(window, 0.05, 3)
    grey = x.mean(1, keepdim=True)
    x = grey + (x - grey) * (1 + _spread(window, 0.4))
    down, right = (int(shift) for shift in torch.randint(0, 7, (2,)))
    size = window.shape[-1]
    return functional.pad(x, (3, 3, 3, 3), mode="replicate")[..., down : down + size, right : right + size]


def _spread(window: Tensor, most: float, channels: int = 1) -> Tensor:
    return (torch.rand(len(window), channels, 1, 1) * 2 - 1) * most
