"""The network that paints: a photo, and how much of each of its styles, to a picture.

Johnson et al. 2016, https://arxiv.org/abs/1603.08155, with one scale and one shift a style in each normalisation
(Dumoulin et al. 2017, https://arxiv.org/abs/1610.07629) and all convolutions 32 channels wide, as Magenta made it for
telephones. Knows nothing of how a style is learnt.
"""

from itertools import pairwise
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 32
COARSEST = 4
"""Sides of a photo have to be divisible by this."""
_EPSILON = 1e-5
_ENDS, _INSIDE = 9, 3
"""Pixels across the kernels of the first and the last convolution, and of the others."""
_EXPANDING = (WIDTH, 8, 4, 3)
_RESIDUALS = 6


class Styled(nn.Module):
    """A convolution whose channels are normalised over the picture, then scaled and shifted as the styles say."""

    def __init__(self, inputs: int, outputs: int, styles: int, kernel: int = _INSIDE, stride: int = 1) -> None:
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.empty(outputs, inputs, kernel, kernel))
        self.gamma = nn.Parameter(torch.ones(styles, outputs))
        self.beta = nn.Parameter(torch.zeros(styles, outputs))
        nn.init.kaiming_normal_(self.weight, nonlinearity="relu")

    def forward(self, x: Tensor, weights: Tensor) -> Tensor:
        """``[1 or n, inputs, h, w]`` and ``weights [styles]`` → ``[…, outputs, h / stride, w / stride]``."""
        return _normalised(_filtered(x, self.weight, self.stride), weights @ self.gamma, weights @ self.beta)


def _filtered(x: Tensor, kernels: Tensor, stride: int = 1) -> Tensor:
    padded = functional.pad(x, (kernels.shape[-1] // 2,) * 4, mode="reflect")
    return functional.conv2d(padded, kernels, stride=stride)


def _normalised(filtered: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
    return functional.instance_norm(filtered, weight=gamma, bias=beta, eps=_EPSILON)


class Residual(nn.Module):
    """Two convolutions whose result is added (He et al. 2016)."""

    def __init__(self, styles: int) -> None:
        super().__init__()
        self.first, self.second = Styled(WIDTH, WIDTH, styles), Styled(WIDTH, WIDTH, styles)

    def forward(self, x: Tensor, weights: Tensor) -> Tensor:
        """Return what comes in with what is added, of the same shape."""
        added: Tensor = self.second(functional.relu(self.first(x, weights)), weights)
        return x + added


class StyleNetwork(nn.Module):
    """Photos ``[n, 3, h, w]``, from 0 to 1, and the ``weights [styles]`` of its styles → pictures of the same shape."""

    def __init__(self, styles: int = 1) -> None:
        super().__init__()
        self.styles = styles
        self.contract = nn.ModuleList(
            [Styled(3, WIDTH, styles, _ENDS), *(Styled(WIDTH, WIDTH, styles, stride=2) for _ in range(2))]
        )
        self.residual = nn.ModuleList([Residual(styles) for _ in range(_RESIDUALS)])
        kernels = [_INSIDE] * (len(_EXPANDING) - 2) + [_ENDS]
        self.expand = nn.ModuleList(
            [Styled(*ends, styles, kernel) for ends, kernel in zip(pairwise(_EXPANDING), kernels, strict=True)]
        )

    def forward(self, photos: Tensor, weights: Tensor) -> Tensor:
        """Paint them, in a mixture of its styles; ``h`` and ``w`` are divisible by ``COARSEST``."""
        x = self._begun(photos, weights)
        for layer in self.contract[2:]:
            x = functional.relu(layer(x, weights))
        for layer in self.residual:
            x = layer(x, weights)
        *widening, last = self.expand
        for layer in widening:
            x = functional.relu(layer(functional.interpolate(x, scale_factor=2, mode="nearest"), weights))
        return torch.sigmoid(last(x, weights))

    def _begun(self, photos: Tensor, weights: Tensor) -> Tensor:
        """Return what the first two layers make of photos, half of the channels between them at a time.

        These are as large as the photo, and there once more as they are padded: nothing else takes as much memory.
        """
        first, second = cast("tuple[Styled, Styled]", tuple(self.contract[:2]))
        halves = zip(
            first.weight.chunk(2),
            (weights @ first.gamma).chunk(2),
            (weights @ first.beta).chunk(2),
            second.weight.chunk(2, dim=1),
            strict=True,
        )
        one, other = (
            _filtered(functional.relu(_normalised(_filtered(photos, kernels), gamma, beta)), following, second.stride)
            for kernels, gamma, beta, following in halves
        )
        return functional.relu(_normalised(one + other, weights @ second.gamma, weights @ second.beta))
