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

from bot.bundle import ATTRIBUTES, Directions
from training.faces.directions.class_difference import untouched
from training.faces.evaluation.edits import USUAL

_STEPS, _BATCH, _RATE = 60, 32, 0.05
_STAY = 10.0
"""How much more the others' staying counts than the attribute's coming."""
_ALIKE = 20.0
"""Weight of the squared change of the pixels: a way that needs no other light and no other background is better."""
_SURE = 1.0
"""A logit beyond which an attribute is there."""


def refined(
    found: Directions, generator: nn.Module, seer: nn.Module, latents: Tensor, tell: Callable[[int, int], None]
) -> Directions:
    """Return ``found`` made better on faces ``latents [n, d]``; lengths are such that strength 2 brings the attribute.

    ``seer`` gives logits ``[n, 15]`` of what ``generator`` draws, both in eval mode. An attribute that all these faces
    have already stays as it was.
    """
    with torch.no_grad():
        before = torch.cat([seer(generator(some)) for some in torch.split(latents, 256)])
    known = np.isin(ATTRIBUTES, list(found.by_attribute))
    better = {}
    for name, direction in found.by_attribute.items():
        lacking = before[:, ATTRIBUTES.index(name)] < 0
        stays = torch.from_numpy(known & untouched(name))
        way = begin = torch.tensor(direction.vector) * direction.spread
        if lacking.any():
            way = _refined(begin, name, generator, seer, latents[lacking], before[lacking], stays)
        length = float(way.norm())
        better[name] = replace(direction, vector=tuple((way.double() / length).tolist()), spread=length)
        tell(len(better), len(found.by_attribute))
    return replace(found, by_attribute=better)


def _refined(  # noqa: PLR0913, PLR0917 - where to begin, who sees, and faces with all that is known of them
    begin: Tensor, name: str, generator: nn.Module, seer: nn.Module, latents: Tensor, before: Tensor, stays: Tensor
) -> Tensor:
    """Return the step ``[d]`` of strength 1 for faces in which ``before [n, 15]`` was seen, ``stays [15]`` a mask."""
    column = ATTRIBUTES.index(name)
    chance = torch.Generator().manual_seed(column)
    way = begin.clone().requires_grad_()
    optimizer = torch.optim.Adam([way], _RATE)
    for _ in range(_STEPS):
        some = torch.randint(len(latents), (_BATCH,), generator=chance)
        with torch.no_grad():
            drawn = generator(latents[some])
        changed = generator(latents[some] + USUAL * way)
        after = seer(changed)
        coming = functional.softplus(_SURE - after[:, column]).mean()
        staying = _divergence(before[some][:, stays], after[:, stays])
        loss = coming + _STAY * staying + _ALIKE * (changed - drawn).square().mean()
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
