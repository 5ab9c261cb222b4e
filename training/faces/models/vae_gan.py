"""The VAE-GAN: a VAE whose decoder then gets a critic as its second judge (Larsen et al. 2016), in two parts.

First encoder and decoder learn as a VAE does. Then the encoder rests, the latents are whitened, and the decoder learns
on: what it makes of photos has to look to the critic's own layers as the photos do, and that and what it draws from
the prior has to pass for a photo. The critic sees the most usual faces only ("instance selection", DeVries et al.
2020): of what is rare there are too few to draw it well. Latents are counted in spreads shortened by the truncation,
so that a standard normal draws likely faces, and a photo's latent lies as much further out.

Knows nothing of files or of Lightning's loop.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler

from training.faces.config import VaeGanConfig
from training.faces.models import losses
from training.faces.models.networks import ModulatedDecoder, PatchCritic
from training.faces.models.vae import Vae, WhitenedDecoder, perceptual_loss

_CRITIC, _DECODER = 1, 2
"""The optimisers of the second part."""
_SLOWER = 0.3
"""Of their rate, as a share of the VAE's."""
_PENALISED_EVERY, _PENALTY = 8, 2.0
"""The R1 penalty's steps, and its γ."""
_SEEN_ALIKE, _LABELLED_ALIKE, _ALIKE = 2.0, 1.0, 10.0
"""Weights, beside the critic's opinion: of its layers' difference, the labelling CNN's, and that of coarse pixels."""
_COARSE = 2


class VaeGan(Vae):
    """Encoder, decoder and critic."""

    config: VaeGanConfig
    _typical: Tensor | None = None

    def __init__(self, config: VaeGanConfig, size: int) -> None:
        super().__init__(config, size, ModulatedDecoder(size, config.width, config.latent))
        self.critic = PatchCritic(size, config.width)

    @property
    def vae_steps(self) -> int:
        """Steps of the first part."""
        return max(1, round(self.config.alone * self.config.steps))

    def prepare_for_eval(self) -> None:
        """Fit the whitening anew, as long as the encoder learns."""
        if self._typical is None:
            super().prepare_for_eval()
            self.whitening.shorten(self.config.truncation)

    def sample_positions(self, count: int) -> Tensor:
        """Return which pictures a step takes: in the second part some of the most usual."""
        if self.step_number < self.vae_steps:
            return super().sample_positions(count)
        if self._typical is None:
            self._typical = self._rest_encoder()
        return self._typical[torch.randint(len(self._typical), (count,))]

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Take a step as a VAE does, or one of the critic and one of the decoder."""
        if self._typical is None:
            return super().train_batch(pictures)
        self.encoder.eval()  # whoever looks at samples switches everything back to training
        photos = pictures[: len(pictures) // 2 or 1]
        with torch.no_grad():
            encoded = self.latent_encoder(photos)
        latents = torch.cat([encoded, self.sample_latents(len(pictures) - len(photos))])
        generated = WhitenedDecoder(self.whitening, self.generator)(latents)
        critic_loss, penalty = self._critic_step(pictures, generated.detach())
        return {"critic": critic_loss, "penalty": penalty, **self._decoder_step(photos, generated)}

    def configure_optimizers(self) -> tuple[list[Optimizer], list[LRScheduler]]:
        """Adam down a cosine for the first part, and two of them for the second."""
        autoencoder = self.adam(nn.ModuleList([self.encoder, self.generator]), 0.9, 0.999)
        others = [self.adam(network, 0.0, 0.99) for network in (self.critic, self.generator)]
        for optimizer in others:
            optimizer.param_groups[0]["lr"] *= _SLOWER
        return [autoencoder, *others], [CosineAnnealingLR(autoencoder, self.vae_steps)]

    def _rest_encoder(self) -> Tensor:
        """Leave the encoder as it is, and return the positions of the faces that are nearest to the mean one."""
        self.prepare_for_eval()
        self.encoder.requires_grad_(requires_grad=False)
        whitened = (self.means_of(self.pictures) - self.whitening.middle) @ self.whitening.inverse
        count = max(1, round(self.config.typical * len(whitened)))
        return whitened.square().sum(1).argsort()[:count].cpu()

    def _critic_step(self, real: Tensor, generated: Tensor) -> tuple[Tensor, Tensor]:
        loss = self._critic_loss(real, generated)
        penalty = loss.new_zeros(())
        if self.step_number % _PENALISED_EVERY == 0:
            with torch.autocast(self.device.type, enabled=False):  # second derivatives want every digit
                penalty = losses.real_gradient_penalty(self.critic, real[: len(real) // 4 or 1].float())
        self.step_optimizer(_CRITIC, loss + 0.5 * _PENALTY * _PENALISED_EVERY * penalty)
        return loss, penalty

    def _critic_loss(self, real: Tensor, generated: Tensor) -> Tensor:
        opinions = self.critic.opinions(self.critic.maps(torch.cat([real, generated])))
        whole, patches = (losses.discriminator_loss(both[: len(real)], both[len(real) :]) for both in opinions)
        return whole + patches

    def _decoder_step(self, photos: Tensor, generated: Tensor) -> dict[str, Tensor]:
        self.critic.requires_grad_(requires_grad=False)
        decoded = generated[: len(photos)]
        maps = self.critic.maps(generated)
        whole, patches = (losses.generator_loss(opinion) for opinion in self.critic.opinions(maps))
        alike = losses.feature_error(self.critic.maps(photos), [level[: len(photos)] for level in maps])
        error = functional.mse_loss(functional.avg_pool2d(decoded, _COARSE), functional.avg_pool2d(photos, _COARSE))
        loss = whole + patches + _SEEN_ALIKE * alike + _ALIKE * error
        for classifier in self.classifier:
            loss = loss + _LABELLED_ALIKE * perceptual_loss(classifier, photos, decoded)
        self.step_optimizer(_DECODER, loss)
        self.critic.requires_grad_(requires_grad=True)
        return {"decoder": whole + patches, "alike": alike, "coarse": error}
