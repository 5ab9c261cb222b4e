"""How the editor's critic learns and what the editor learns from it: logistic with R1, or Wasserstein's (WGAN-GP).

Knows nothing of optimisers and of what the windows show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from training.faces.editor.critic import Critic
from training.faces.models.losses import PENALTY, discriminator_loss, generator_loss, gradient_penalty

R1 = 0.05
"""Weight of the gradient penalty of the logistic critic (Mescheder et al. 2018)."""
_R1_EVERY = 4

CriticLoss = Callable[[Critic, Tensor, Tensor, Tensor, int], Tensor]
"""Of a critic on ``real`` and ``changed`` windows of each ``sort``, in the step of that number."""


@dataclass(frozen=True, slots=True)
class Adversarial:
    """The loss of a ``critic``, and that of the ``editor`` by what the critic gave to its windows."""

    critic: CriticLoss
    editor: Callable[[Tensor], Tensor]


def logistic(critic: Critic, real: Tensor, changed: Tensor, sort: Tensor, step: int) -> Tensor:
    """Return the logistic loss of telling photos from changed ones, every fourth time with R1 for four steps."""
    penalised = step % _R1_EVERY == 0
    real.requires_grad_(penalised)
    odds = critic(real, sort)
    loss = discriminator_loss(odds, critic(changed, sort))
    if penalised:
        (slope,) = torch.autograd.grad(odds.sum(), real, create_graph=True)
        loss = loss + _R1_EVERY * R1 * slope.square().sum((1, 2, 3)).mean()
    return loss


def wasserstein(critic: Critic, real: Tensor, changed: Tensor, sort: Tensor, step: int) -> Tensor:
    """Return Wasserstein's loss with its gradient penalty, in every step (Gulrajani et al. 2017)."""
    del step
    apart = critic(changed, sort).mean() - critic(real, sort).mean()
    loss: Tensor = apart + PENALTY * gradient_penalty(lambda windows: critic(windows, sort), real, changed)
    return loss


ADVERSARIAL: Mapping[str, Adversarial] = {
    "logistic": Adversarial(logistic, generator_loss),
    "wgan-gp": Adversarial(wasserstein, lambda realness: -realness.mean()),
}
