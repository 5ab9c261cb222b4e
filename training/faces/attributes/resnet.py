"""ResNet-18 for transfer learning: it begins with torchvision's own weights, given as a file.

The layers and their names are torchvision's (He et al. 2016), so that its state dict fits; torchvision is not needed.
"""

import itertools
import pickle
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.common.errors import FacesError
from training.faces.data.labels import ATTRIBUTES

_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, which it was learnt from
_SEEN_AT = 128


class _BasicBlock(nn.Module):
    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        if stride != 1 or inputs != outputs:
            across = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample: nn.Module | None = nn.Sequential(across, nn.BatchNorm2d(outputs))
        else:
            self.downsample = None

    def forward(self, x: Tensor) -> Tensor:
        out = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        return functional.relu(out + (x if self.downsample is None else self.downsample(x)))


class ResNet18(nn.Module):
    """Pictures ``[b, 3, s, s]`` in [-1, 1] → logits ``[b, attributes]``."""

    mean: Tensor
    deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        for number, (inputs, outputs) in enumerate(((64, 64), (64, 128), (128, 256), (256, 512)), 1):
            blocks = nn.Sequential(_BasicBlock(inputs, outputs, 1 + (number > 1)), _BasicBlock(outputs, outputs, 1))
            setattr(self, f"layer{number}", blocks)
        self.last = nn.Linear(512, len(ATTRIBUTES))
        self.register_buffer("mean", torch.tensor(_MEAN)[:, None, None], persistent=False)
        self.register_buffer("deviation", torch.tensor(_DEVIATION)[:, None, None], persistent=False)

    def maps(self, x: Tensor) -> list[Tensor]:
        """Return what each level sees ``[b, channels, side, side]``, the finest first."""
        x = functional.interpolate(x, (_SEEN_AT, _SEEN_AT), mode="bilinear", align_corners=False)
        x = ((x + 1) / 2 - self.mean) / self.deviation
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        levels: list[nn.Module] = [getattr(self, f"layer{number}") for number in range(1, 5)]
        return list(itertools.accumulate(levels, lambda maps, level: level(maps), initial=x))[1:]

    def features(self, x: Tensor) -> Tensor:
        """Return the penultimate layer ``[b, 512]``."""
        return self.maps(x)[-1].mean((2, 3))

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        logits: Tensor = self.last(self.features(x))
        return logits


def from_torchvision(path: Path) -> ResNet18:
    """Return a network with the body of torchvision's ``resnet18`` from its state dict, and a fresh last layer.

    Raises:
        FacesError: the file is none.
    """
    network = ResNet18()
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        body = {name: weight for name, weight in state.items() if not name.startswith("fc.")}
        keys = network.load_state_dict(body, strict=False)
    except (OSError, RuntimeError, AttributeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise FacesError(f"{path} is no state dict of torchvision's resnet18.") from error
    if set(keys.missing_keys) != {"last.weight", "last.bias"} or keys.unexpected_keys:
        raise FacesError(f"{path} is no state dict of torchvision's resnet18.")
    return network
