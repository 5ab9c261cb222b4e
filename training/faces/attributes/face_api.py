"""A network of face-api in torch: its weights out of the npm package, and crops as it sees them.

Knows nothing of what one says of a face.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.common.progress import Progress
from training.faces.data.convert_face_api import read_weights

_MEAN = (122.782, 117.001, 104.298)


class FaceApiNetwork(nn.Module):
    """From crops ``[n, 3, s, s]`` in [0, 1] to what the network says; ``weights`` are the package's, and stay so."""

    mean: Tensor

    def __init__(self, package: Path, name: str) -> None:
        """Read the weights of ``name`` from the unpacked npm ``package``.

        Raises:
            FacesError: the package is not there, or holds other weights.
        """
        super().__init__()
        self.weights = {
            part: _arranged(part, torch.from_numpy(stored.astype(np.float32) * scale + least))
            for part, (stored, scale, least) in read_weights(package / "model", name).items()
        }
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1) / 255)

    def outputs(
        self, crops: NDArray[np.uint8], at_once: int, progress: Progress = lambda *_: None
    ) -> NDArray[np.float32]:
        """Return what it says of ``crops [n, s, s, 3]``, read by so many ``at_once``."""
        outputs = []
        for start in range(0, len(crops), at_once):
            batch = torch.from_numpy(np.array(crops[start : start + at_once])).permute(0, 3, 1, 2).float() / 255
            with torch.inference_mode():
                outputs.append(self(batch).numpy())
            progress(start + len(batch), len(crops))
        return np.concatenate(outputs)

    def _seen(self, faces: Tensor, side: int) -> Tensor:
        """Return faces of so many pixels, around 0."""
        return functional.interpolate(faces, (side, side), mode="bilinear", antialias=True) - self.mean


def _arranged(part: str, weight: Tensor) -> Tensor:
    """Return a filter's axes in torch's order; the package has height, width, channels in, channels out."""
    if weight.ndim != 4:
        return weight
    return weight.permute((2, 3, 0, 1) if part.endswith("depthwise_filter") else (3, 2, 0, 1)).contiguous()
