"""Who is who, by face-api's recognition network: dlib's residual network (CC0), whose distances tell people apart.

It measures and has no part in any training. Two photos of a person lie about 0.2 apart, strangers about 0.7; dlib calls
those below 0.6 one person. Knows nothing of what its answers are used for.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from training.faces.attributes.face_api import FaceApiNetwork
from training.faces.data.tensors import middle_part

_SIDE, _ROOM, _MIDDLE = 150, 0.92, 0.53
"""Pixels that the network sees, and which part of an aligned crop."""
_BLOCKS = (
    *("conv32_1", "conv32_2", "conv32_3"),
    *("conv64_down", "conv64_1", "conv64_2", "conv64_3"),
    *("conv128_down", "conv128_1", "conv128_2"),
    *("conv256_down", "conv256_1", "conv256_2", "conv256_down_out"),
)


class Recognition(FaceApiNetwork):
    """From crops ``[n, 3, s, s]`` in [0, 1] to ``[n, 128]``, near one another where they show one person."""

    def __init__(self, package: Path) -> None:
        """Read the weights from the unpacked npm ``package``.

        Raises:
            FacesError: the package is not there, or holds other weights.
        """
        super().__init__(package, "face_recognition_model")

    def forward(self, crops: Tensor) -> Tensor:
        """Return where each lies among all faces."""
        x = self._seen(middle_part(crops, _ROOM, _MIDDLE), _SIDE)
        x = functional.max_pool2d(functional.relu(self._convolved(x, "conv32_down", stride=2)), 3, 2)
        for name in _BLOCKS:
            x = self._block(x, name)
        return x.mean((2, 3)) @ self.weights["fc"]

    def _block(self, x: Tensor, name: str) -> Tensor:
        """Return a residual block; a narrowing one has half the side, and channels of nothing where it has more."""
        narrows = "down" in name
        out = functional.relu(self._convolved(x, f"{name}/conv1", stride=2 if narrows else 1))
        out = self._convolved(out, f"{name}/conv2", padding=1)
        if narrows:
            x = functional.avg_pool2d(x, 2)
            out = functional.pad(out, (0, x.shape[3] - out.shape[3], 0, x.shape[2] - out.shape[2]))
            x = functional.pad(x, (0, 0, 0, 0, 0, out.shape[1] - x.shape[1]))
        return functional.relu(out + x)

    def _convolved(self, x: Tensor, name: str, stride: int = 1, padding: int | None = None) -> Tensor:
        weights = self.weights
        padding = (1 if stride == 1 else 0) if padding is None else padding
        filters, bias = weights[f"{name}/conv/filters"], weights[f"{name}/conv/bias"]
        x = functional.conv2d(x, filters, bias, stride=stride, padding=padding)
        return x * weights[f"{name}/scale/weights"].view(-1, 1, 1) + weights[f"{name}/scale/biases"].view(-1, 1, 1)


def identities(recognition: Recognition, crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return ``[n, 128]`` of aligned ``crops [n, s, s, 3]``."""
    return recognition.outputs(crops, 32)
