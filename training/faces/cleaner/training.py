"""The training of a cleaner: both autoencoders at once, each step by its number alone. Knows nothing of files."""

import copy
import math
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.common.trainer import precision
from training.faces.cleaner.config import CleanerConfig
from training.faces.cleaner.corruption import Picture, corrupted, patch
from training.faces.cleaner.networks import SMALL, Cleaner

_DECAY = 0.995
_WARM_UP = 50


class CleanerTraining:
    """The networks of a training, their running mean, and the optimiser."""

    def __init__(self, config: CleanerConfig, faces: NDArray[np.uint8]) -> None:
        """Begin at the first step, to learn from crops ``[n, 128, 128, 3]``."""
        torch.manual_seed(config.seed)
        self.config, self._faces = config, faces
        self.network = Cleaner(4 * config.width)
        self.network.denoiser.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch knows it
        self.averaged = copy.deepcopy(self.network).requires_grad_(requires_grad=False)
        self._optimizer = torch.optim.Adam(self.network.parameters(), config.rate)
        self.step = 0

    def advance(self) -> float:
        """Take one step, and return its loss."""
        rng = np.random.default_rng((self.config.seed, self.step))
        chosen = [self._faces[place] for place in rng.integers(0, len(self._faces), self.config.batch)]
        good = [patch(face, rng) for face in chosen]
        spoilt = [corrupted(each, rng) for each in good]
        small = [shown_small(face) for face in chosen]
        spoilt_small = [corrupted(each, rng) for each in small]
        with torch.autocast("cpu", torch.bfloat16, enabled=precision() == "bf16-mixed"):
            cleaned = self.network.denoiser(_floats(spoilt))
        familiarity = self.network.familiarity
        known = familiarity.seen(_floats(small))
        loss = functional.l1_loss(cleaned.float(), _floats(good))
        back = familiarity.given_back(familiarity.seen(_floats(spoilt_small)))
        self._descend(loss + functional.mse_loss(back, known))
        self.step += 1
        return float(loss.detach())

    def state(self) -> dict[str, Any]:
        """Return all that a stopped training goes on from."""
        return {
            "network": self.network.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "step": self.step,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        self.network.load_state_dict(state["network"])
        self.averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step = int(state["step"])

    def _descend(self, loss: Tensor) -> None:
        share = min(1.0, (self.step + 1) / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * self.step / self.config.steps))
        for group in self._optimizer.param_groups:
            group["lr"] = share * self.config.rate
        self._optimizer.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimizer.step()
        keep = min(_DECAY, (self.step + 1) / (self.step + 21))
        with torch.no_grad():
            for mean, now in zip(self.averaged.parameters(), self.network.parameters(), strict=True):
                mean.lerp_(now, 1 - keep)


def shown_small(face: Picture) -> Picture:
    """Return a crop at the size at which it is seen whether its kind is known."""
    return np.asarray(cv2.resize(face, (SMALL, SMALL), interpolation=cv2.INTER_AREA), np.uint8)


def _floats(pictures: list[Picture]) -> Tensor:
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
