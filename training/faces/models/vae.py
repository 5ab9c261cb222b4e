"""The variational autoencoder (Kingma & Welling 2014): how it is trained, and its latents whitened.

Whitening makes the latents standard normal as a whole, by a linear map at both ends. The KL holds each photo's
posterior near the prior, and still the posterior means of all photos together are far from round, so that what is drawn
from the prior is no face. A Gaussian is fitted to them after the fact (Ghosh et al. 2020, "ex-post density
estimation"), and latents outside count from its middle in its own spreads.

Knows nothing of files or of Lightning's loop.
"""

from collections.abc import Iterable
from typing import cast

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler

from training.faces.attributes.classifier import Network
from training.faces.config import VaeConfig
from training.faces.data.tensors import to_floats
from training.faces.models import losses
from training.faces.models.module import FacesModule
from training.faces.models.networks import Decoder, Encoder

_VARIANCE = 0.1
"""Of a pixel around what is decoded, of values in [-1, 1]: less draws sharper and strays further from the normal."""
_MAX_GRADIENT_NORM = 1000.0  # beyond this it is an accident
_WHITENED_ON = 4_000
_WARM_UP = 0.1
"""Share of the steps in which the weight of the KL grows from 0 to 1."""

_FLATTEST = 0.1
"""Variance below which an axis counts as unused: dividing by less would only make noise larger."""


class Vae(FacesModule):
    """Encoder and decoder, in one optimiser."""

    config: VaeConfig
    classifier: tuple[Network, ...] = ()
    """In a tuple, torch does not find it: it is neither learnt nor kept."""

    def __init__(self, config: VaeConfig, size: int, decoder: nn.Module | None = None) -> None:
        super().__init__(config, size, decoder or Decoder(size, config.width, config.latent))
        self.encoder = Encoder(size, config.width, config.latent)
        self.whitening = Whitening(config.latent)

    @property
    def vae_steps(self) -> int:
        """How many steps encoder and decoder learn together."""
        return self.config.steps

    @property
    def ema_generator(self) -> nn.Module:
        """The decoder with averaged weights, behind the whitening."""
        return WhitenedDecoder(self.whitening, super().ema_generator)

    @property
    def latent_encoder(self) -> nn.Module:
        """The encoder, with the whitening behind it."""
        return WhitenedEncoder(self.whitening, self.encoder)

    def use_classifier(self, classifier: Network) -> None:
        """Compare features of the labelling helper, where the settings give that a weight."""
        if self.config.perceptual:
            self.classifier = (classifier.eval().requires_grad_(requires_grad=False),)

    def on_fit_start(self) -> None:
        """Take the labelling CNN along to where the networks are."""
        for classifier in self.classifier:
            classifier.to(self.device)

    def prepare_for_eval(self) -> None:
        """Fit the whitening anew to the latents of the photos."""
        positions = torch.randperm(len(self.pictures), generator=torch.Generator().manual_seed(0))[:_WHITENED_ON]
        self.whitening.fit(self.means_of(self.pictures[positions.to(self.pictures.device)]))

    def means_of(self, pictures: Tensor) -> Tensor:
        """Return the posterior means ``[n, d]`` of bytes ``[n, s, s, 3]``."""
        was_training = self.encoder.training
        self.encoder.eval()
        means = posterior_means(self.encoder, map(to_floats, torch.split(pictures, self.config.batch)))
        self.encoder.train(was_training)
        return means

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Take one step down the negative evidence lower bound."""
        mean, log_variance = self.encoder(pictures)
        latents = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        decoded = self.generator(latents)
        error = losses.squared_error(pictures, decoded)
        kl = losses.kl_to_standard_normal(mean.float(), log_variance.float())
        weight = min(1.0, (self.step_number + 1) / (_WARM_UP * self.vae_steps))
        loss = error / (2 * _VARIANCE) + weight * kl
        for classifier in self.classifier:
            loss = loss + self.config.perceptual * perceptual_loss(classifier, pictures, decoded)
        self.step_optimizer(0, loss, max_norm=_MAX_GRADIENT_NORM)
        cast(LRScheduler, self.lr_schedulers()).step()
        return {"error": error, "kl": kl}

    def configure_optimizers(self) -> tuple[list[Optimizer], list[LRScheduler]]:
        """Adam, down a cosine to nothing."""
        optimizer = self.adam(nn.ModuleList([self.encoder, self.generator]), 0.9, 0.999)
        return [optimizer], [CosineAnnealingLR(optimizer, self.vae_steps)]


def perceptual_loss(classifier: Network, pictures: Tensor, decoded: Tensor) -> Tensor:
    """Return the perceptual loss: how differently the CNN sees both."""
    with torch.no_grad():
        targets = classifier.maps(pictures)
    return losses.feature_error(targets, classifier.maps(decoded))


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

    def shorten(self, truncation: float) -> None:
        """Count latents in spreads that are ``truncation`` times as long."""
        self.root *= truncation
        self.inverse /= truncation


class WhitenedDecoder(nn.Module):
    """Whitened latents → pictures."""

    def __init__(self, whitening: Whitening, decoder: nn.Module) -> None:
        super().__init__()
        self.whitening, self.decoder = whitening, decoder

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        pictures: Tensor = self.decoder(self.whitening.middle + latents @ self.whitening.root)
        return pictures


class WhitenedEncoder(nn.Module):
    """Pictures → whitened posterior means."""

    def __init__(self, whitening: Whitening, encoder: nn.Module) -> None:
        super().__init__()
        self.whitening, self.encoder = whitening, encoder

    def forward(self, pictures: Tensor) -> Tensor:
        """Return latents."""
        latents: Tensor = (self.encoder(pictures)[0] - self.whitening.middle) @ self.whitening.inverse
        return latents


def posterior_means(encoder: nn.Module, batches: Iterable[Tensor]) -> Tensor:
    """Return the posterior means of batches of pictures."""
    with torch.inference_mode():
        return torch.cat([encoder(batch)[0].float() for batch in batches])
