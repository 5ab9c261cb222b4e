"""The base picker as it ships: which answers belong to which messages in public pairs; a room's goes on from it.

Its files are ``picker.json``, which says what they are, and ``picker.npz`` (fp16). Knows nothing of how it was learnt.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.text.answers.picker import Picker
from training.text.base.shipped import SHIPPED, ShippedWeights

_FILES = ShippedWeights("base picker", "picker.json", "picker.npz", version=1)
"""Another version reads other n-grams or has other towers."""
_LEARNT = ("embedding.weight", "message_tower", "answer_tower", "scale")


def open_base(folder: Path = SHIPPED) -> dict[str, Tensor]:
    """Return the weights that a picker begins with, by their names in it.

    Raises:
        BaseVoiceError: there are none, they are damaged, or of another version.
    """
    _, weights = _FILES.open(folder)
    return {name: torch.from_numpy(values) for name, values in weights.items()}


def write_base(picker: Picker, about: Mapping[str, Any], folder: Path) -> None:
    """Write what of a picker others can go on from, the file that says what it is last."""
    learnt = {name: values for name, values in picker.state_dict().items() if name.startswith(_LEARNT)}
    _FILES.write(folder, {name: values.numpy() for name, values in learnt.items()}, about)
