"""The losses: pure functions of what networks gave. They know no network and no optimiser."""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.nn import functional

PENALTY = 10.0
"""λ of Gulrajani et al. 2017."""


def kl_to_standard_normal(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return the mean over the batch of KL(N(mean, variance) ‖ N(0, 1)) in nats, in closed form (Kingma 2014, B)."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()


def squared_error(pictures: Tensor, decoded: Tensor) -> Tensor:
    """Return the squared error summed over a picture, the mean over the batch."""
    return (pictures - decoded).square().flatten(1).sum(1).mean()


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """Return the binary cross-entropy of telling real from fake (Goodfellow et al. 2014)."""
    return functional.softplus(-real).mean() + functional.softplus(fake).mean()


def generator_loss(fake: Tensor) -> Tensor:
    """Return the non-saturating loss of passing for real."""
    return functional.softplus(-fake).mean()


def hinge_loss(real: Tensor, fake: Tensor) -> Tensor:
    """Return the discriminator's hinge loss (Lim & Ye 2017)."""
    return functional.relu(1 - real).mean() + functional.relu(1 + fake).mean()


def gradient_penalty(critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor) -> Tensor:
    """Return how far the critic's gradient is from length 1 between real and fake, squared, the mean over the batch.

    Gulrajani et al. 2017, eq. 3, without λ. Differentiable with respect to the critic.
    """
    share = torch.rand(len(real), 1, 1, 1, device=real.device, dtype=real.dtype)
    between = real.lerp(fake, share).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    length = gradient.flatten(1).square().sum(1).sqrt()
    penalty: Tensor = (length - 1).square().mean()
    return penalty


def real_gradient_penalty(critic: Callable[[Tensor], Tensor], real: Tensor) -> Tensor:
    """Return the critic's squared gradient at real pictures, the mean over the batch: R1 of Mescheder et al. 2018.

    Without γ / 2. Differentiable with respect to the critic.
    """
    real = real.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(real).sum(), real, create_graph=True)
    penalty: Tensor = gradient.square().flatten(1).sum(1).mean()
    return penalty


def feature_error(targets: Iterable[Tensor], levels: Iterable[Tensor]) -> Tensor:
    """Return how differently a network sees two batches of pictures: the squared error of each level as a share.

    The perceptual loss of Johnson et al. 2016; each level counts by what is there, so that one weight serves all.
    """
    return torch.stack(
        [
            squared_error(target, level) / target.square().flatten(1).sum(1).mean().clamp(min=1e-9)
            for target, level in zip(targets, levels, strict=True)
        ]
    ).sum()
