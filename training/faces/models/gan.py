"""The GANs and how they are trained: DCGAN (Radford et al. 2016), WGAN-GP (Gulrajani et al. 2017).

Know nothing of files.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from training.faces.config import DcganConfig, GanConfig
from training.faces.models import losses
from training.faces.models.diffaugment import diffaugment
from training.faces.models.module import FacesModule
from training.faces.models.networks import Discriminator, Generator


class Gan(FacesModule):
    """A generator and its discriminator."""

    config: GanConfig

    def __init__(self, config: GanConfig, size: int, discriminator: Discriminator) -> None:
        super().__init__(config, size, Generator(size, config.width, config.latent))
        self.discriminator = discriminator
        self.augment: Callable[[Tensor], Tensor] = diffaugment if config.augment else lambda pictures: pictures

    def discriminate(self, pictures: Tensor) -> Tensor:
        """Return the discriminator's output ``[n]`` for pictures, augmented where the settings say so."""
        logits: Tensor = self.discriminator(self.augment(pictures))
        return logits

    def generator_step(self, loss: Callable[[Tensor], Tensor], count: int) -> Tensor:
        """Take a step of the generator; the discriminator keeps no gradients of it."""
        self.discriminator.requires_grad_(False)
        value = loss(self.discriminate(self.generator(self.sample_latents(count))))
        self.step_optimizer(1, value)
        self.discriminator.requires_grad_(True)
        return value


class Dcgan(Gan):
    """DCGAN; with ``hinge``, spectral norm and the hinge loss, the mode for quality."""

    config: DcganConfig

    def __init__(self, config: DcganConfig, size: int) -> None:
        discriminator = Discriminator(size, config.width, "none" if config.hinge else "batch", spectral=config.hinge)
        super().__init__(config, size, discriminator)

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Train the discriminator once, then the generator."""
        with torch.no_grad():
            generated = self.generator(self.sample_latents(len(pictures)))
        real, fake = self.discriminate(pictures), self.discriminate(generated)
        loss = (losses.hinge_loss if self.config.hinge else losses.discriminator_loss)(real, fake)
        self.step_optimizer(0, loss)
        fooling_loss = (lambda fake: -fake.mean()) if self.config.hinge else losses.generator_loss
        generator_loss = self.generator_step(fooling_loss, len(pictures))
        accuracy = 0.5 * ((real > 0).float().mean() + (fake < 0).float().mean())
        return {"discriminator": loss, "generator": generator_loss, "accuracy": accuracy}

    def configure_optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam as in the paper, section 4."""
        return [self.adam(network, 0.5, 0.999) for network in (self.discriminator, self.generator)]


class WganGp(Gan):
    """WGAN-GP: a critic without batch norm, whose gradient is held at length 1."""

    batches = 5  # critic steps to one of the generator

    def __init__(self, config: GanConfig, size: int) -> None:
        super().__init__(config, size, Discriminator(size, config.width, "layer"))

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Train the critic five times, then the generator once."""
        for real in pictures.chunk(self.batches):
            with torch.no_grad():
                generated = self.generator(self.sample_latents(len(real)))
            distance = self.discriminate(real).mean() - self.discriminate(generated).mean()
            with torch.autocast(self.device.type, enabled=False):  # second derivatives want every digit
                penalty = losses.gradient_penalty(self.discriminate, real.float(), generated.float())
            self.step_optimizer(0, losses.PENALTY * penalty - distance)
        generator_loss = self.generator_step(lambda fake: -fake.mean(), self.config.batch)
        return {"distance": distance, "penalty": penalty, "generator": generator_loss}

    def configure_optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam as in the paper, algorithm 1."""
        return [self.adam(network, 0.0, 0.9) for network in (self.discriminator, self.generator)]
