"""The weights of an exported editor, read back out of its graph: what a group's own photos begin with.

Knows nothing of training.
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
from training.common.errors import RunError

_NETWORK, _VISIBILITY, _NARROW = "network.", "visibility.", ".half"


def shipped_bundle() -> Path:
    """Return the folder of the bundle that comes with the bot."""
    return Path(str(files("bot"))) / "demo_bundle"


def exported_weights(bundle: Path, wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights of the editor in a ``bundle``, by the names and in the shapes of the ``wanted`` ones.

    Raises:
        BundleError: there is no bundle, or a damaged one.
        RunError: it has no editor, or one of another make or width.
    """
    there = _weights(bundle)
    if there is None:
        raise RunError(f"The bundle {bundle} has no editor to begin with: pass --from-scratch.")
    weights = _taken(there, _NETWORK, wanted)
    if weights is None:
        raise RunError(f"The editor in {bundle} is of another make or --width: pass --from-scratch.")
    return weights


def exported_visibility(bundle: Path, wanted: Mapping[str, Tensor]) -> dict[str, Tensor] | None:
    """Return the weights of what tells a bundle's editor whom to leave alone; None where it has none, or another.

    Raises:
        BundleError: there is no bundle, or a damaged one.
    """
    there = _weights(bundle)
    return None if there is None else _taken(there, _VISIBILITY, wanted)


def _weights(bundle: Path) -> dict[str, NDArray[np.generic]] | None:
    opened = Bundle.open(bundle)
    editors = list(opened.manifest.of_role(Role.EDITOR).values())
    if not editors:
        return None
    graph = onnx.load(opened.path(editors[0].graph)).graph
    return {weight.name.removesuffix(_NARROW): numpy_helper.to_array(weight) for weight in graph.initializer}


def _taken(
    there: Mapping[str, NDArray[np.generic]], prefix: str, wanted: Mapping[str, Tensor]
) -> dict[str, Tensor] | None:
    weights = {}
    for name, tensor in wanted.items():
        values = there.get(prefix + name)
        if values is None or values.size != tensor.numel():
            return None
        weights[name] = torch.from_numpy(values.astype("float32")).reshape(tensor.shape)
    return weights
