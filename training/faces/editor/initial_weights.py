"""Initial weights of an editor, read back out of the graph of an exported one: what a group's own photos begin with.

Knows nothing of training.
"""

from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from bot.bundle import Role
from training.common.errors import RunError
from training.common.exported_weights import exported_weights, fitting

_NETWORK, _VISIBILITY = "network.", "visibility."


def editor_weights(bundle: Path, wanted: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights of the editor in a ``bundle``, by the names and in the shapes of the ``wanted`` ones.

    Raises:
        BundleError: there is no bundle, or a damaged one.
        RunError: it has no editor, or one of another make or width.
    """
    there = exported_weights(bundle, Role.EDITOR)
    if there is None:
        raise RunError(f"The bundle {bundle} has no editor to begin with: pass --from-scratch.")
    weights = fitting(there, _NETWORK, wanted)
    if weights is None:
        raise RunError(f"The editor in {bundle} is of another make or --width: pass --from-scratch.")
    return weights


def visibility_weights(bundle: Path, wanted: Mapping[str, Tensor]) -> dict[str, Tensor] | None:
    """Return the weights of what tells a bundle's editor whom to leave alone; None where it has none, or another.

    Raises:
        BundleError: there is no bundle, or a damaged one.
    """
    there = exported_weights(bundle, Role.EDITOR)
    return None if there is None else fitting(there, _VISIBILITY, wanted)
