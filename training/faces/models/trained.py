"""A trained generator beside the data that it is looked at with. Knows nothing of what is measured."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES
from training.faces.attributes.classifier import Fitted
from training.faces.data.dataset import Faces
from training.faces.data.tensors import as_tensor, to_floats
from training.faces.directions.class_difference import Floats
from training.faces.models.module import FacesModule

_FRESH = 400


@dataclass(frozen=True, slots=True)
class Looked:
    """A generator on the CPU in eval mode, and the data: what it learnt from, and the people who are held out."""

    module: FacesModule
    faces: Faces
    learnt: NDArray[np.intp]
    held_out: NDArray[np.intp]

    @classmethod
    def of(cls, module: FacesModule, faces: Faces) -> "Looked":
        """Take a trained module and the data that it learnt from."""
        return cls(module.cpu().eval().requires_grad_(requires_grad=False), faces, *faces.split())

    def draw(self, latents: Floats) -> torch.Tensor:
        """Return float pictures ``[n, 3, s, s]`` of ``latents [n, d]``."""
        with torch.inference_mode():
            sampler = self.module.sampler
            batches = torch.split(torch.from_numpy(np.asarray(latents, np.float32)), 256)
            return torch.cat([sampler(batch) for batch in batches])

    def encode(self, positions: NDArray[np.intp]) -> Floats:
        """Return the latents ``[n, d]`` of photos; only a VAE has them."""
        reader = self.module.reader
        assert reader is not None  # noqa: S101 - for the type checker: callers asked
        with torch.inference_mode():
            batches = torch.split(as_tensor(self.faces.images, positions), 256)
            return torch.cat([reader(to_floats(batch)) for batch in batches]).numpy()

    def fresh(self, count: int, seed: int) -> Floats:
        """Return latents ``[count, d]`` from the standard normal."""
        return np.random.default_rng(seed).standard_normal((count, self.module.config.latent), np.float32)

    def lacking(self, name: str) -> NDArray[np.intp]:
        """Return the positions of the held-out photos that lack an attribute, by their labels."""
        return np.asarray(self.held_out[self.faces.labels[self.held_out, ATTRIBUTES.index(name)] < 0])

    def fresh_lacking(self, name: str, judge: Fitted) -> Floats:
        """Return fresh latents of faces in which ``judge`` misses an attribute."""
        latents = self.fresh(_FRESH, 2)
        return np.asarray(latents[judge.scores(self.draw(latents))[:, ATTRIBUTES.index(name)].numpy() < 0])
