"""Directions refined by gradient descent, through the generator and what the labelling CNN sees in its pictures.

The class difference, which they begin as, is a mean over photos: where a generator draws two attributes alike, it takes
the one along with the other. Here each direction is moved until the labelling CNN sees its attribute come at usual
strength and the others stay. The judge has no part in it. Knows nothing of files.
"""

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.bundle import Directions
from training.common.progress import Progress
from training.faces.data.labels import ATTRIBUTES
from training.faces.directions.class_difference import USUAL_STRENGTH, other_attributes

_STEPS, _BATCH, _RATE = 60, 32, 0.05
_STAY = 10.0
"""How much more the others' staying counts than the attribute's coming."""
_ALIKE = 20.0
"""Weight of the squared change of the pixels: a way that needs no other light and no other background is better."""
_SURE = 1.0
"""A logit beyond which an attribute is there."""


def refine(
    directions: Directions, generator: nn.Module, classifier: nn.Module, latents: Tensor, progress: Progress
) -> Directions:
    """Return ``directions`` made better on faces ``latents [n, d]``; strength 2 then brings the attribute.

    ``classifier`` gives logits ``[n, attributes]`` of what ``generator`` draws, both in eval mode. An attribute that
    all these faces have already stays as it was.
    """
    with torch.no_grad():
        before = torch.cat([classifier(generator(batch)) for batch in torch.split(latents, 256)])
    has_direction = np.isin(ATTRIBUTES, list(directions.by_attribute))
    refined = {}
    for name, direction in directions.by_attribute.items():
        lacking = before[:, ATTRIBUTES.index(name)] < 0
        stays = torch.from_numpy(has_direction & other_attributes(name))
        step = torch.tensor(direction.vector) * direction.spread
        if lacking.any():
            step = _refined_step(step, name, generator, classifier, latents[lacking], before[lacking], stays)
        length = float(step.norm())
        refined[name] = replace(direction, vector=tuple((step.double() / length).tolist()), spread=length)
        progress(len(refined), len(directions.by_attribute))
    return replace(directions, by_attribute=refined)


def _refined_step(  # noqa: PLR0913, PLR0917 - where to begin, who sees, and faces with all that is known of them
    begin: Tensor,
    name: str,
    generator: nn.Module,
    classifier: nn.Module,
    latents: Tensor,
    before: Tensor,
    stays: Tensor,
) -> Tensor:
    """Return the step ``[d]`` of strength 1 for faces with logits ``before [n, attributes]``; ``stays`` is a mask."""
    column = ATTRIBUTES.index(name)
    rng = torch.Generator().manual_seed(column)
    step = begin.clone().requires_grad_()
    optimizer = torch.optim.Adam([step], _RATE)
    for _ in range(_STEPS):
        batch = torch.randint(len(latents), (_BATCH,), generator=rng)
        with torch.no_grad():
            unedited = generator(latents[batch])
        edited = generator(latents[batch] + USUAL_STRENGTH * step)
        after = classifier(edited)
        coming = functional.softplus(_SURE - after[:, column]).mean()
        staying = _divergence(before[batch][:, stays], after[:, stays])
        loss = coming + _STAY * staying + _ALIKE * (edited - unedited).square().mean()
        optimizer.zero_grad()
        (step.grad,) = torch.autograd.grad(loss, step)
        optimizer.step()
    return step.detach()


def _divergence(before: Tensor, after: Tensor) -> Tensor:
    """Return the mean Kullback-Leibler divergence of attributes seen with these logits."""
    if not before.numel():
        return after.new_zeros(())
    probabilities = torch.sigmoid(before)
    cross_entropy = functional.binary_cross_entropy_with_logits
    return cross_entropy(after, probabilities) - cross_entropy(before, probabilities)
