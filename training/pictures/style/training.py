"""The training of a style: the network paints squares of photos, and the losses say how they should have been.

Each step depends on its number alone. Knows nothing of files.
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.common.trainer import precision
from training.pictures.style.config import StyleConfig
from training.pictures.style.losses import StyleLoss
from training.pictures.style.network import StyleNetwork
from training.pictures.style.photos import Squares, tensor_of

ALONE = torch.ones(1)
"""The weights of a network with one style."""
_WARM_UP, _LAST_SHARE, _LONGEST_STEP = 30, 0.02, 1.0


class StyleTraining:
    """The network of a training with its optimiser."""

    def __init__(self, config: StyleConfig, squares: Squares, loss: StyleLoss) -> None:
        """Begin at the first step, from nothing."""
        torch.manual_seed(config.seed)
        self.config, self._squares, self._loss = config, squares, loss
        self.network = StyleNetwork()
        self._optimizer = torch.optim.Adam(self.network.parameters(), config.rate)
        self.step = 0

    def begin_from(self, weights: Mapping[str, Tensor]) -> None:
        """Begin with the weights of a network of many styles, and in the middle of them all.

        Its convolutions can paint already, so that the steps go to the style (Dumoulin et al. 2017, section 3.2, who
        learn the scales and shifts alone; with all weights free more of the texture comes).
        """
        self.network.load_state_dict(
            {name: own.mean(0, keepdim=True) if _is_of_styles(name) else own for name, own in weights.items()}
        )

    def advance(self) -> dict[str, float]:
        """Take one step, and return the values to log."""
        self._set_rate()
        photos = self._batch()
        with torch.autocast("cpu", torch.bfloat16, enabled=precision() == "bf16-mixed"):
            paintings = self.network(photos, ALONE)
            losses = self._loss(paintings, photos)
        self._optimizer.zero_grad()
        torch.autograd.backward(losses.total(self.config.style_weight, self.config.smoothness))
        nn.utils.clip_grad_norm_(self.network.parameters(), _LONGEST_STEP)
        self._optimizer.step()
        self.step += 1
        return {name: float(value.detach().mean()) for name, value in losses._asdict().items()}

    def state(self) -> dict[str, Any]:
        """Return all that a stopped training goes on from."""
        network, optimizer = self.network.state_dict(), self._optimizer.state_dict()
        return {"network": network, "optimizer": optimizer, "step": self.step}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        self.network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step = int(state["step"])

    def _batch(self) -> Tensor:
        """Return squares of photos, each cut out somewhere and half of them mirrored."""
        random = np.random.default_rng((self.config.seed, self.step))
        side, room = self.config.side, self._squares.shape[1] - self.config.side
        cut = []
        for at in random.integers(len(self._squares), size=self.config.batch):
            top, left = random.integers(room + 1, size=2)
            square = self._squares[at, top : top + side, left : left + side]
            cut.append(square[:, ::-1] if random.random() < 0.5 else square)
        return tensor_of(np.stack(cut))

    def _set_rate(self) -> None:
        gone = self.step / self.config.steps
        share = min(1.0, (self.step + 1) / _WARM_UP) * (0.5 * (1 + math.cos(math.pi * gone)) + _LAST_SHARE)
        for group in self._optimizer.param_groups:
            group["lr"] = share * self.config.rate


def _is_of_styles(name: str) -> bool:
    """Return whether a weight has a row for each style."""
    return name.endswith((".gamma", ".beta"))
