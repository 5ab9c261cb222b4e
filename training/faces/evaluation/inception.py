"""Inception's features (Szegedy et al. 2016), for a kernel distance that compares with those in papers.

The network is torch-fidelity's, no dependency of ours as it wants torchvision; its weights are given as a file.
"""

import pickle
from pathlib import Path

from torch import nn

from training.common.errors import FacesError


def inception(weights: Path) -> nn.Module:
    """Return the network that takes uint8 pictures ``[n, 3, s, s]`` to features ``[n, 2048]``.

    Raises:
        FacesError: torch-fidelity is not installed, or the file holds other weights.
    """
    from torchmetrics.image.fid import NoTrainInceptionV3

    try:
        return NoTrainInceptionV3("inception-v3-compat", ["2048"], str(weights))
    except ModuleNotFoundError as error:
        raise FacesError("Inception's features need torch-fidelity: pip install torch-fidelity.") from error
    except (OSError, RuntimeError, TypeError, EOFError, pickle.UnpicklingError) as error:
        raise FacesError(f"{weights} does not hold torch-fidelity's weights of Inception v3 ({error}).") from error
