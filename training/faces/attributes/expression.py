"""How much a face smiles, by face-api's expression network (MIT): weak labels, and a loss that gradients pass through.

It sees aligned crops, and the middle part of them: the face as its own detector would have cut it. It labels and
teaches, so it must not judge what was learnt from it. Knows nothing of what its answers are used for.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, cat
from torch.nn import functional

from training.common.progress import Progress
from training.faces.attributes.face_api import FaceApiNetwork
from training.faces.data.tensors import middle_part

SMILING, NEUTRAL = 1.0, -2.0
"""Log odds above and below which a face is taken for one that smiles, or does not."""
USUAL_ROOM = 0.74
"""The part of a crop's side that the network looks at, where it agrees best with labels made by hand."""
_SIDE, _HAPPY = 112, 1


class Expression(FaceApiNetwork):
    """From crops ``[n, 3, s, s]`` in [0, 1] to the log odds that each is happy."""

    def __init__(self, package: Path) -> None:
        """Read the weights from the unpacked npm ``package``.

        Raises:
            FacesError: the package is not there, or holds other weights.
        """
        super().__init__(package, "face_expression_model")

    def forward(self, crops: Tensor, room: float = USUAL_ROOM) -> Tensor:
        """Look at the middle ``room`` of each crop's side."""
        x = self._seen(middle_part(crops, room), _SIDE)
        for block in range(4):
            x = self._dense_block(x, f"dense{block}")
        logits = x.mean((2, 3)) @ self.weights["fc/weights"] + self.weights["fc/bias"]
        others = cat([logits[:, :_HAPPY], logits[:, _HAPPY + 1 :]], 1)
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
        weights = self.weights
        if f"{name}/filters" in weights:
            return functional.conv2d(x, weights[f"{name}/filters"], weights[f"{name}/bias"], stride=stride)
        x = functional.conv2d(x, weights[f"{name}/depthwise_filter"], stride=stride, groups=x.shape[1])
        return functional.conv2d(x, weights[f"{name}/pointwise_filter"], weights[f"{name}/bias"])


def happiness(expression: Expression, crops: NDArray[np.uint8], progress: Progress) -> NDArray[np.float32]:
    """Return the log odds of each of the aligned ``crops [n, s, s, 3]``."""
    return expression.outputs(crops, 128, progress)
