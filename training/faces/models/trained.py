"""A trained generator beside the data that it is evaluated with. Knows nothing of what is measured."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from training.faces.attributes.classifier import TrainedClassifier
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import Floats, as_tensor, to_floats
from training.faces.models.module import FacesModule

_SAMPLES = 400


@dataclass(frozen=True, slots=True)
class TrainedGenerator:
    """A generator on the CPU in eval mode, and the data: the photos it learnt from, and the people who are held out.

    ``learnt`` and ``held_out`` are positions in ``faces``.
    """

    module: FacesModule
    faces: Faces
    learnt: NDArray[np.intp]
    held_out: NDArray[np.intp]

    @classmethod
    def of(cls, module: FacesModule, faces: Faces) -> "TrainedGenerator":
        """Take a trained module and the data that it learnt from."""
        return cls(module.cpu().eval().requires_grad_(requires_grad=False), faces, *faces.split())

    @property
    def has_encoder(self) -> bool:
        """Whether photos have latents: only a model with an encoder, as the VAE, can say which."""
        return self.module.latent_encoder is not None

    def generate(self, latents: Floats) -> torch.Tensor:
        """Return float pictures ``[n, 3, s, s]`` of ``latents [n, d]``."""
        with torch.inference_mode():
            generator = self.module.ema_generator
            batches = torch.split(torch.from_numpy(np.asarray(latents, np.float32)), 256)
            return torch.cat([generator(batch) for batch in batches])

    def encode(self, positions: NDArray[np.intp]) -> Floats:
        """Return the latents ``[n, d]`` of photos, where the model has an encoder."""
        encoder = self.module.latent_encoder
        assert encoder is not None  # noqa: S101 - for the type checker: callers asked
        with torch.inference_mode():
            batches = torch.split(as_tensor(self.faces.images, positions), 256)
            return torch.cat([encoder(to_floats(batch)) for batch in batches]).numpy()

    def sample_latents(self, count: int, seed: int) -> Floats:
        """Return latents ``[count, d]`` from the standard normal."""
        return np.random.default_rng(seed).standard_normal((count, self.module.config.latent), np.float32)

    def held_out_without(self, name: str) -> NDArray[np.intp]:
        """Return the positions of the held-out photos that lack an attribute, by their labels."""
        return np.asarray(self.held_out[self.faces.labels[self.held_out, ATTRIBUTES.index(name)] < 0])

    def latents_without(self, name: str, judge: TrainedClassifier) -> Floats:
        """Return fresh latents of faces in which ``judge`` misses an attribute."""
        latents = self.sample_latents(_SAMPLES, 2)
        scores = judge.scores(self.generate(latents))[:, ATTRIBUTES.index(name)]
        return np.asarray(latents[scores.numpy() < 0])
