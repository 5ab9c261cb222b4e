"""How much a face smiles, by face-api's expression network (MIT): weak labels, and a loss that gradients pass through.

It sees aligned crops, and the middle part of them: the face as its own detector would have cut it. It labels and
teaches, so it must not judge what was learnt from it. Knows nothing of what its answers are used for.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.common.progress import Progress
from training.faces.data.convert_face_api import read_weights

SMILING, NEUTRAL = 1.0, -2.0
"""Log odds above and below which a face is taken for one that smiles, or does not."""
USUAL_ROOM = 0.74
"""The part of a crop's side that the network looks at, where it agrees best with labels made by hand."""
_SIDE, _MIDDLE = 112, 0.56
_MEAN = (122.782, 117.001, 104.298)
_HAPPY = 1
_AT_ONCE = 128


class Expression(nn.Module):
    """From crops ``[n, 3, s, s]`` in [0, 1] to the log odds that each is happy."""

    mean: Tensor

    def __init__(self, package: Path) -> None:
        """Read the weights from the unpacked npm ``package``.

        Raises:
            FacesError: the package is not there, or holds other weights.
        """
        super().__init__()
        self._weights: dict[str, Tensor] = {}
        for name, (narrow, scale, least) in read_weights(package / "model", "face_expression_model").items():
            self._weights[name] = _arranged(name, torch.from_numpy(narrow.astype(np.float32) * scale + least))
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1) / 255)

    def forward(self, crops: Tensor, room: float = USUAL_ROOM) -> Tensor:
        """Look at the middle ``room`` of each crop's side."""
        x = (
            functional.interpolate(middle_part(crops, room), (_SIDE, _SIDE), mode="bilinear", antialias=True)
            - self.mean
        )
        for block in range(4):
            x = self._dense_block(x, f"dense{block}")
        logits = x.mean((2, 3)) @ self._weights["fc/weights"] + self._weights["fc/bias"]
        others = torch.cat([logits[:, :_HAPPY], logits[:, _HAPPY + 1 :]], 1)
        return logits[:, _HAPPY] - others.logsumexp(1)

    def _dense_block(self, x: Tensor, name: str) -> Tensor:
        """Return four convolutions of which each sees the sum of all before."""
        x = functional.pad(x, (0, 1, 0, 1))
        total = functional.relu(self._convolved(x, f"{name}/conv0", stride=2))
        for index in (1, 2, 3):
            x = functional.pad(functional.relu(total), (1, 1, 1, 1))
            total = total + self._convolved(x, f"{name}/conv{index}", stride=1)
        return functional.relu(total)

    def _convolved(self, x: Tensor, name: str, stride: int) -> Tensor:
        weights = self._weights
        if f"{name}/filters" in weights:
            return functional.conv2d(x, weights[f"{name}/filters"], weights[f"{name}/bias"], stride=stride)
        x = functional.conv2d(x, weights[f"{name}/depthwise_filter"], stride=stride, groups=x.shape[1])
        return functional.conv2d(x, weights[f"{name}/pointwise_filter"], weights[f"{name}/bias"])


def happiness(expression: Expression, crops: NDArray[np.uint8], progress: Progress) -> NDArray[np.float32]:
    """Return the log odds of each of the aligned ``crops [n, s, s, 3]``."""
    log_odds = []
    for start in range(0, len(crops), _AT_ONCE):
        batch = torch.from_numpy(np.array(crops[start : start + _AT_ONCE])).permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            log_odds.append(expression(batch).numpy())
        progress(start + len(batch), len(crops))
    return np.concatenate(log_odds)


def _arranged(name: str, weight: Tensor) -> Tensor:
    """Return a filter's axes in torch's order; the package has height, width, channels in, channels out."""
    if weight.ndim != 4:
        return weight
    return weight.permute((2, 3, 0, 1) if name.endswith("depthwise_filter") else (3, 2, 0, 1)).contiguous()


def middle_part(crops: Tensor, room: float, middle: float = _MIDDLE) -> Tensor:
    """Return the square that takes ``room`` of the crops' side, its ``middle`` from their top; edges are repeated."""
    size = crops.shape[-1]
    side = round(size * room)
    left, top = round(size * 0.5 - side / 2), round(size * middle - side / 2)
    beyond = max(0, -left, -top, left + side - size, top + side - size)
    padded = functional.pad(crops, (beyond,) * 4, mode="replicate") if beyond else crops
    return padded[..., top + beyond : top + beyond + side, left + beyond : left + beyond + side]
