"""How the GANs learn: DCGAN (Radford et al. 2016) and WGAN-GP (Gulrajani et al. 2017). Knows nothing of files."""

from collections.abc import Callable

import torch
from torch import Tensor

from training.faces.config import FacesConfig
from training.faces.models import losses
from training.faces.models.diffaugment import diffaugment
from training.faces.models.module import FacesModule
from training.faces.models.networks import Discriminator, Generator


class Gan(FacesModule):
    """A generator and who tells its pictures from real ones."""

    def __init__(self, config: FacesConfig, size: int, discriminator: Discriminator) -> None:
        super().__init__(config, size, Generator(size, config.width, config.latent))
        self.discriminator = discriminator
        self.seen: Callable[[Tensor], Tensor] = diffaugment if config.augment else lambda pictures: pictures

    def judged(self, pictures: Tensor) -> Tensor:
        """Return what the discriminator says of pictures, as it gets to see them."""
        judged: Tensor = self.discriminator(self.seen(pictures))
        return judged

    def fool(self, loss: Callable[[Tensor], Tensor], count: int) -> Tensor:
        """Take a step of the generator; the discriminator keeps no gradients of it."""
        self.discriminator.requires_grad_(False)
        worth = loss(self.judged(self.generator(self.latents(count))))
        self.improve(1, worth)
        self.discriminator.requires_grad_(True)
        return worth


class Dcgan(Gan):
    """DCGAN; with ``hinge``, spectral norm and the hinge loss, the mode for quality."""

    def __init__(self, config: FacesConfig, size: int) -> None:
        told = Discriminator(size, config.width, "none" if config.hinge else "batch", spectral=config.hinge)
        super().__init__(config, size, told)

    def learn(self, pictures: Tensor) -> dict[str, Tensor]:
        """Let the discriminator learn once, then the generator."""
        with torch.no_grad():
            drawn = self.generator(self.latents(len(pictures)))
        real, fake = self.judged(pictures), self.judged(drawn)
        loss = (losses.hinge_loss if self.config.hinge else losses.discriminator_loss)(real, fake)
        self.improve(0, loss)
        fooled = self.fool((lambda fake: -fake.mean()) if self.config.hinge else losses.generator_loss, len(pictures))
        right = 0.5 * ((real > 0).float().mean() + (fake < 0).float().mean())
        return {"discriminator": loss, "generator": fooled, "accuracy": right}

    def configure_optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam as in the paper, section 4."""
        return [self.adam(network, 0.5, 0.999) for network in (self.discriminator, self.generator)]


class WganGp(Gan):
    """WGAN-GP: a critic without batch norm, whose gradient is held at length 1."""

    batches = 5  # critic steps to one of the generator

    def __init__(self, config: FacesConfig, size: int) -> None:
        super().__init__(config, size, Discriminator(size, config.width, "layer"))

    def learn(self, pictures: Tensor) -> dict[str, Tensor]:
        """Let the critic learn five times, then the generator once."""
        for real in pictures.chunk(self.batches):
            with torch.no_grad():
                drawn = self.generator(self.latents(len(real)))
            distance = self.judged(real).mean() - self.judged(drawn).mean()
            with torch.autocast(self.device.type, enabled=False):  # second derivatives want every digit
                penalty = losses.gradient_penalty(self.judged, real.float(), drawn.float())
            self.improve(0, losses.PENALTY * penalty - distance)
        fooled = self.fool(lambda fake: -fake.mean(), self.config.batch)
        return {"distance": distance, "penalty": penalty, "generator": fooled}

    def configure_optimizers(self) -> list[torch.optim.Optimizer]:
        """Adam as in the paper, algorithm 1."""
        return [self.adam(network, 0.0, 0.9) for network in (self.discriminator, self.generator)]
