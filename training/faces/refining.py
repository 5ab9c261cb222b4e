"""Directions made better by gradient, through the generator and what the labelling CNN sees in its pictures.

The class difference, which they begin as, is a mean over photos: where a generator draws two attributes alike, it takes
the one along with the other. Here each direction is moved until the labelling CNN sees its attribute come at usual
strength and the others stay. The judge has no part in it. Knows nothing of files.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.bundle import ATTRIBUTES, Direction, Directions
from training.faces.classifier import Network
from training.faces.editing import USUAL

_STEPS, _BATCH, _RATE = 60, 32, 0.05
_STAY = 10.0
"""How much more the others' staying counts than the attribute's coming."""
_SHORT = 0.02
"""Weight of the squared length: of two ways that do, the shorter one keeps more of the person."""
_SURE = 1.0
"""A logit beyond which an attribute is there."""


def refined(
    found: Directions, generator: nn.Module, seer: Network, latents: Tensor, tell: Callable[[int, int], None]
) -> Directions:
    """Return ``found`` made better on faces ``latents [n, d]``; lengths are such that strength 2 brings the attribute.

    ``generator`` and ``seer`` are in eval mode; an attribute that all these faces have already stays as it was.
    """
    names = list(found.by_attribute)
    columns = [ATTRIBUTES.index(name) for name in names]

    def see(latents: Tensor) -> Tensor:
        seen: Tensor = seer(generator(latents))[:, columns]
        return seen

    with torch.no_grad():
        seen = torch.cat([see(some) for some in torch.split(latents, 256)])
    better = dict(found.by_attribute)
    for done, name in enumerate(names):
        lacking = torch.nonzero(seen[:, done] < 0)[:, 0]
        if len(lacking):
            way = _refined(better[name], done, latents[lacking], seen[lacking], see)
            better[name] = _direction(better[name], way)
        tell(done + 1, len(names))
    return replace(found, by_attribute=better)


def _refined(begin: Direction, column: int, latents: Tensor, before: Tensor, see: Callable[[Tensor], Tensor]) -> Tensor:
    """Return the step of strength 1 towards attribute ``column`` of ``before [n, k]``, what is seen in ``latents``."""
    chance = torch.Generator().manual_seed(column)
    way = (torch.tensor(begin.vector) * begin.spread).requires_grad_()
    optimizer = torch.optim.Adam([way], _RATE)
    others = torch.arange(before.shape[1]) != column
    for _ in range(_STEPS):
        some = torch.randint(len(latents), (_BATCH,), generator=chance)
        after = see(latents[some] + USUAL * way)
        coming = functional.softplus(_SURE - after[:, column]).mean()
        staying = _divergence(before[some][:, others], after[:, others])
        loss = coming + _STAY * staying + _SHORT * way.square().sum()
        optimizer.zero_grad()
        (way.grad,) = torch.autograd.grad(loss, way)
        optimizer.step()
    return way.detach()


def _divergence(before: Tensor, after: Tensor) -> Tensor:
    """Return the mean Kullback-Leibler divergence of attributes seen with these logits."""
    if not before.numel():
        return after.new_zeros(())
    odds = torch.sigmoid(before)
    loss = functional.binary_cross_entropy_with_logits
    return loss(after, odds) - loss(before, odds)


def _direction(begin: Direction, way: Tensor) -> Direction:
    vector = way.double().numpy()
    length = float(np.linalg.norm(vector))
    return replace(begin, vector=tuple((vector / length).tolist()), spread=length)
