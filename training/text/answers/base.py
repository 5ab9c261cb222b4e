"""The base picker as it ships: which answers belong to which messages in public pairs; a room's goes on from it.

Its files are ``picker.json``, which says what they are, and ``picker.npz`` (fp16). Knows nothing of how it was learnt.
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from bot.bundle import sha256_of
from training.common.errors import BaseVoiceError
from training.text.answers.picker import Picker
from training.text.base.voice import SHIPPED

VERSION = 1
"""Another one reads other n-grams or has other towers: nothing can go on from it."""

_ABOUT, _WEIGHTS = "picker.json", "picker.npz"
_LEARNT = ("embedding.weight", "message_tower", "answer_tower", "scale")


def open_base(folder: Path = SHIPPED) -> dict[str, Tensor]:
    """Return the weights that a picker begins with, by their names in it.

    Raises:
        BaseVoiceError: there are none, they are damaged, or of another version.
    """
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["version"] != VERSION:
            raise BaseVoiceError(
                f"The base picker in {folder} is of version {about['version']} and this is for version {VERSION}: "
                "install Dantok whole, or give --from-nothing."
            )
        if sha256_of(folder / _WEIGHTS) != about["sha256"]:
            raise ValueError(f"{_WEIGHTS} has another hash")  # noqa: TRY301 - it is one of many ways to be damaged
        with np.load(folder / _WEIGHTS) as arrays:
            return {name: torch.from_numpy(values.astype(np.float32)) for name, values in arrays.items()}
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise BaseVoiceError(
            f"The base picker in {folder} is damaged or missing ({error}): install Dantok again, or give "
            "--from-nothing."
        ) from error


def write_base(picker: Picker, about: Mapping[str, Any], folder: Path) -> None:
    """Write what of a picker others can go on from, the file that says what it is last."""
    folder.mkdir(parents=True, exist_ok=True)
    learnt = {name: values for name, values in picker.state_dict().items() if name.startswith(_LEARNT)}
    np.savez(folder / _WEIGHTS, **{name: values.numpy().astype(np.float16) for name, values in learnt.items()})
    about = {"version": VERSION, **about, "sha256": sha256_of(folder / _WEIGHTS)}
    (folder / _ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
