"""Weights that ship beside what says what they are: how they are written, and opened whole or not at all.

Knows nothing of what they are the weights of.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.bundle import BundleError, sha256_of
from training.common.errors import BaseVoiceError

Floats = npt.NDArray[np.float32]
Weights = Mapping[str, Floats]

SHIPPED = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class ShippedWeights:
    """What is called ``name``: its weights (fp16) in the file ``network``, and in the file ``about`` what they are.

    Of another ``version`` nothing can go on from them.
    """

    name: str
    about: str
    network: str
    version: int

    def open(self, folder: Path) -> tuple[dict[str, Any], dict[str, Floats]]:
        """Return what is known of them, and the weights by their names.

        Raises:
            BaseVoiceError: there are none, they are damaged, or of another version.
        """
        with self.naming_damage(folder):
            about = json.loads((folder / self.about).read_text(encoding="utf-8"))
            if about["version"] != self.version:
                raise BaseVoiceError(
                    f"The {self.name} in {folder} is of version {about['version']} and this is for version "
                    f"{self.version}: install Dantok whole, or give --from-nothing."
                )
            if sha256_of(folder / self.network) != about["sha256"]:
                raise ValueError(f"{self.network} has another hash")
            with np.load(folder / self.network) as arrays:
                return about, {name: values.astype(np.float32) for name, values in arrays.items()}

    @contextmanager
    def naming_damage(self, folder: Path) -> Iterator[None]:
        """Turn whatever is wrong with a file of theirs into one sentence."""
        try:
            yield
        except (OSError, ValueError, KeyError, TypeError, BundleError, zipfile.BadZipFile) as error:
            raise BaseVoiceError(
                f"The {self.name} in {folder} is damaged or missing ({error}): install Dantok again, or give "
                "--from-nothing."
            ) from error

    def write(self, folder: Path, weights: Weights, about: Mapping[str, Any]) -> None:
        """Write both files, the one that says what they are last."""
        folder.mkdir(parents=True, exist_ok=True)
        halves: dict[str, Any] = {name: values.astype(np.float16) for name, values in weights.items()}
        np.savez(folder / self.network, **halves)
        about = {"version": self.version, **about, "sha256": sha256_of(folder / self.network)}
        (folder / self.about).write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
