"""The Lightning module of every generator: networks with their optimisers, and one training step.

The pictures lie on the device as bytes; the step alone decides which ones it takes and what is random in it, so that a
resumed run repeats what an uninterrupted one does. Knows nothing of files.
"""

from abc import abstractmethod

import torch
from lightning.pytorch import LightningModule
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

from training.common.callbacks import running_mean
from training.faces.attributes.classifier import Network
from training.faces.config import FacesConfig
from training.faces.data.tensors import to_floats


class FacesModule(LightningModule):
    """A generator, and whatever helps it to learn."""

    pictures: Tensor
    positions: Tensor
    """Which pictures the step took."""
    batches = 1
    """Batches of pictures that one step needs."""
    mirrors = True
    """Whether half of the pictures are seen in a mirror."""

    def __init__(self, config: FacesConfig, size: int, generator: nn.Module) -> None:
        """Take the settings, the side of a picture in pixels, and the generator."""
        super().__init__()
        self.automatic_optimization = False
        self.config, self.size = config, size
        self.generator = generator
        self.averaged = AveragedModel(generator, avg_fn=running_mean, use_buffers=True)
        self.step_number = 0

    @property
    def ema_generator(self) -> nn.Module:
        """The generator with averaged weights (EMA, Karras et al. 2018): what is evaluated and exported."""
        return self.averaged.module

    @property
    def latent_encoder(self) -> nn.Module | None:
        """The encoder from pictures to latents, for a model that has one."""
        return None

    def use_classifier(self, classifier: Network) -> None:
        """Take the labelling helper, for a perceptual loss; most models have none."""

    def prepare_for_eval(self) -> None:
        """Get ready to be evaluated, after some steps; most models are as they are."""

    @abstractmethod
    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Take one training step on float ``pictures``, and return the values to log, by name."""

    def training_step(self, step: Tensor, _: int) -> None:
        """Take step number ``step``."""
        self.step_number = int(step)
        torch.manual_seed((self.config.seed << 32) + self.step_number)
        self.positions = self.sample_positions(self.batches * self.config.batch).to(self.pictures.device)
        pictures = to_floats(self.pictures[self.positions])
        if self.mirrors:
            flip = torch.rand(len(pictures), 1, 1, 1, device=pictures.device) < 0.5
            pictures = torch.where(flip, pictures.flip(3), pictures)
        values = self.train_batch(pictures)
        self.averaged.update_parameters(self.generator)
        self.log_dict(
            {name: value.detach() for name, value in values.items()}, on_step=False, on_epoch=True, batch_size=1
        )

    def sample_positions(self, count: int) -> Tensor:
        """Return which pictures a step takes: any, as often as any other."""
        return torch.randint(len(self.pictures), (count,))

    def sample_latents(self, count: int) -> Tensor:
        """Return fresh latents from the standard normal."""
        return torch.randn(count, self.config.latent, device=self.device)

    def step_optimizer(self, index: int, loss: Tensor, max_norm: float | None = None) -> None:
        """Take a step with optimiser number ``index``, its gradient clipped to the norm ``max_norm``."""
        optimizers = self.optimizers()
        optimizer = optimizers[index] if isinstance(optimizers, list) else optimizers
        optimizer.zero_grad()
        self.manual_backward(loss)
        if max_norm is not None:
            torch.nn.utils.clip_grad_norm_([p for group in optimizer.param_groups for p in group["params"]], max_norm)
        optimizer.step()

    def adam(self, network: nn.Module, beta1: float, beta2: float) -> torch.optim.Optimizer:
        """Return Adam for ``network`` at the settings' rate."""
        return torch.optim.Adam(network.parameters(), self.config.rate, (beta1, beta2))
