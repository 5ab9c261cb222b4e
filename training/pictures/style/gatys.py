"""Gatys' own way: the pixels of one painting are changed step by step until the losses are low. The yardstick.

It needs no training and minutes a photo; what a network paints in one go is measured beside it, by the same losses.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from training.common.progress import Progress

STEPS = 300
_RATE = 0.02


def optimised(photos: Tensor, loss: Callable[[Tensor, Tensor], Tensor], steps: int, progress: Progress) -> Tensor:
    """Return paintings of ``photos [n, 3, h, w]``, which they begin as; Adam in the place of L-BFGS.

    ``loss`` is what is to become less, of paintings and photos.
    """
    paintings = photos.clone().requires_grad_()
    optimizer = torch.optim.Adam([paintings], _RATE)
    for step in range(steps):
        optimizer.zero_grad()
        torch.autograd.backward(loss(paintings, photos))
        optimizer.step()
        with torch.no_grad():
            paintings.clamp_(0, 1)
        progress(step + 1, steps)
    return paintings.detach()
