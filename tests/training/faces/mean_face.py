"""A generator that nobody has: linear, led to the mean of the photos. A new one needs this file and a line."""

import torch
from torch import Tensor, nn

from training.faces.config import FacesConfig
from training.faces.models.module import FacesModule


class MeanFace(FacesModule):
    """Draws the mean of the photos, more or less."""

    def __init__(self, config: FacesConfig, size: int) -> None:
        shape = (3, size, size)
        layers = (nn.Linear(config.latent, 3 * size * size), nn.Unflatten(1, shape), nn.Tanh())
        super().__init__(config, size, nn.Sequential(*layers))

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        generated = self.generator(self.sample_latents(len(pictures)))
        loss = (generated.mean(0) - pictures.mean(0)).square().mean()
        self.step_optimizer(0, loss)
        return {"error": loss}

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return self.adam(self.generator, 0.9, 0.999)
