"""A VAE's latents made standard normal as a whole, by a linear map at both ends.

The KL holds each photo's posterior near the prior, and still the posterior means of all photos together are far from
round, so that what is drawn from the prior is no face. A Gaussian is fitted to them after the fact (Ghosh et al. 2020,
"ex-post density estimation"), and latents outside count from its middle in its own spreads.
"""

from collections.abc import Iterable

import torch
from torch import Tensor, nn

_FLATTEST = 0.1
"""Variance below which an axis counts as unused: dividing by less would only make noise larger."""


class Whitening(nn.Module):
    """The Gaussian: ``middle [d]``, its symmetric root ``[d, d]``, and that one's inverse."""

    middle: Tensor
    root: Tensor
    inverse: Tensor

    def __init__(self, latent: int) -> None:
        super().__init__()
        self.register_buffer("middle", torch.zeros(latent))
        self.register_buffer("root", torch.eye(latent))
        self.register_buffer("inverse", torch.eye(latent))

    def fit(self, means: Tensor) -> None:
        """Take the Gaussian of posterior means ``[n, d]``."""
        variances, axes = torch.linalg.eigh(torch.cov(means.T.cpu().double()))
        spreads = variances.clamp(min=_FLATTEST).sqrt()
        self.middle.copy_(means.mean(0))
        self.root.copy_((axes * spreads) @ axes.T)
        self.inverse.copy_((axes / spreads) @ axes.T)


class Drawing(nn.Module):
    """Whitened latents → pictures."""

    def __init__(self, whitening: Whitening, decoder: nn.Module) -> None:
        super().__init__()
        self.whitening, self.decoder = whitening, decoder

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        pictures: Tensor = self.decoder(self.whitening.middle + latents @ self.whitening.root)
        return pictures


class Reading(nn.Module):
    """Pictures → whitened posterior means."""

    def __init__(self, whitening: Whitening, encoder: nn.Module) -> None:
        super().__init__()
        self.whitening, self.encoder = whitening, encoder

    def forward(self, pictures: Tensor) -> Tensor:
        """Return latents."""
        latents: Tensor = (self.encoder(pictures)[0] - self.whitening.middle) @ self.whitening.inverse
        return latents


def means_of(encoder: nn.Module, batches: Iterable[Tensor]) -> Tensor:
    """Return the posterior means of batches of pictures."""
    with torch.inference_mode():
        return torch.cat([encoder(batch)[0].float() for batch in batches])
