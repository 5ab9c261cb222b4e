"""The weights of a bundle's graph, read back out of it: what a training can begin with.

Knows nothing of any one network, nor of training.
"""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from bot.bundle import Bundle, Role

Weights = Mapping[str, NDArray[np.generic]]
_NARROW = ".half"


def shipped_bundle() -> Path:
    """Return the folder of the bundle that comes with the bot."""
    return Path(str(files("bot"))) / "demo_bundle"


def exported_weights(bundle: Path, role: Role) -> Weights | None:
    """Return the weights of the first model of a ``role`` in a ``bundle``, by their names; None where it has none.

    Raises:
        BundleError: there is no bundle, or a damaged one.
    """
    opened = Bundle.open(bundle)
    models = list(opened.manifest.of_role(role).values())
    if not models:
        return None
    graph = onnx.load(opened.path(models[0].graph)).graph
    return {weight.name.removesuffix(_NARROW): numpy_helper.to_array(weight) for weight in graph.initializer}


def fitting(there: Weights, prefix: str, wanted: Mapping[str, Tensor]) -> dict[str, Tensor] | None:
    """Return those that are called as the ``wanted`` ones behind ``prefix``, in their shapes; None where one is not."""
    weights = {}
    for name, tensor in wanted.items():
        values = there.get(prefix + name)
        if values is None or values.size != tensor.numel():
            return None
        weights[name] = torch.from_numpy(values.astype("float32")).reshape(tensor.shape)
    return weights
