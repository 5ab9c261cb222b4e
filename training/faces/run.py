"""The run folder of a generator: what one training leaves behind, and how it is opened again. Knows no training."""

import json
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.bundle import BundleError, Directions
from training.common.errors import ConfigError, RunError
from training.common.files import write_whole
from training.faces.config import FacesConfig, Kind

if TYPE_CHECKING:
    from torch import nn

    from training.faces.models.module import FacesModule


_KINDS_OF_FACES = {"True": "drawn", "False": "photos"}


@dataclass(frozen=True, slots=True)
class FacesRun:
    """Where everything of one run lies. The run is finished when ``report`` is there."""

    folder: Path

    @property
    def config(self) -> Path:
        """The settings, written first."""
        return self.folder / "config.json"

    @property
    def about(self) -> Path:
        """The side of a picture, the fingerprint of the data, and whether its faces are drawn."""
        return self.folder / "data.json"

    @property
    def last(self) -> Path:
        """The checkpoint that a stopped run goes on from, and that a finished one is."""
        return self.folder / "checkpoints" / "last.ckpt"

    @property
    def grids(self) -> Path:
        """The folder of the pictures that are drawn from the same latents as training goes on."""
        return self.folder / "grids"

    @property
    def directions(self) -> Path:
        """The directions found in the latent space."""
        return self.folder / "directions.json"

    @property
    def report(self) -> Path:
        """Written last: when, by what, and how good."""
        return self.folder / "report.json"


@dataclass(frozen=True, slots=True)
class TrainedFaces:
    """A finished run, in eval mode on the CPU.

    ``generator`` takes ``[b, latent]`` to ``[b, 3, size, size]`` in [-1, 1]; ``encoder`` back to the posterior mean.
    """

    kind: Kind
    generator: "nn.Module"
    encoder: "nn.Module | None"
    latent: int
    size: int
    directions: Directions | None
    metrics: dict[str, float]
    made: dict[str, str]
    learnt_from: str | None
    """``drawn`` faces or ``photos``; None for a run that did not note it."""


def claim(run: FacesRun, config: FacesConfig, data: Mapping[str, Any], *, force: bool) -> bool:
    """Make the run folder, or return True where a stopped run of the same settings and data is there to go on with.

    Raises:
        RunError: the folder holds a finished run, other settings or data, or something else altogether.
    """
    if not run.folder.exists() or (run.folder.is_dir() and not any(run.folder.iterdir())):
        _begin(run, config, data)
        return False
    before = read_config(run)
    if force:
        shutil.rmtree(run.folder)
        _begin(run, config, data)
        return False
    if run.report.is_file():
        raise RunError(f"The run in {run.folder} is finished: choose another --out, or give --force to train anew.")
    differences = before.differences(config)
    if differences or not is_same_data(read_json(run.about), data):
        what = "; ".join(differences) or "it learns from other faces"
        raise RunError(
            f"The stopped run in {run.folder} is another one ({what}): "
            "give the same settings to go on with it, another --out, or --force to train anew."
        )
    return run.last.is_file()


def is_same_data(before: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Return whether a run learnt from this data; an older one did not note all of it."""
    return all(before.get(name, value) == value for name, value in data.items())


def read_config(run: FacesRun) -> FacesConfig:
    """Return the settings of a run.

    Raises:
        RunError: no run of faces there, or a damaged file.
    """
    try:
        return FacesConfig(**json.loads(run.config.read_text(encoding="utf-8")))
    except OSError as error:
        raise RunError(f"There is no training run of faces in {run.folder}.") from error
    except (ConfigError, ValueError, TypeError) as error:
        raise RunError(f"The run in {run.folder} is no run of faces, or damaged: {error}") from error


def load_module(run: FacesRun) -> "FacesModule":
    """Open the model of a run, finished or not, in eval mode.

    Raises:
        RunError: no run there, or a damaged file.
    """
    import torch

    from training.faces.models.registry import build_generator

    config = read_config(run)
    try:
        module = build_generator(config, int(read_json(run.about)["size"]))
        state = torch.load(run.last, map_location="cpu", weights_only=True)["state_dict"]
        module.load_state_dict(state)
    # torch tells of damage in many ways, and at length.
    except (OSError, RuntimeError, KeyError, ValueError, EOFError, TypeError, pickle.UnpicklingError) as error:
        raise RunError(f"The checkpoint {run.last} is damaged or missing: train again with --force.") from error
    return module.eval()


def check_finished(run: FacesRun) -> None:
    """Raise RunError where a run was stopped half way: what it is now is not what its settings say."""
    if not run.report.is_file():
        raise RunError(f"The run in {run.folder} is not finished: start the same training again, and it goes on.")


def load_faces(folder: Path) -> TrainedFaces:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = FacesRun(folder)
    config = read_config(run)
    check_finished(run)
    module, report = load_module(run), read_json(run.report)
    try:
        metrics = {str(name): float(value) for name, value in report["metrics"].items()}
        made = {str(name): str(value) for name, value in report["made"].items()}
        directions = Directions.open(run.directions) if run.directions.is_file() else None
    except (KeyError, TypeError, ValueError, AttributeError, BundleError) as error:
        raise RunError(f"The run in {folder} is damaged ({error}): measure it again.") from error
    return TrainedFaces(
        config.kind,
        module.ema_generator,
        module.latent_encoder,
        config.latent,
        module.size,
        directions,
        metrics,
        made,
        _KINDS_OF_FACES.get(str(read_json(run.about).get("drawn"))),
    )


def read_json(path: Path) -> dict[str, Any]:
    """Return the content of a file of the run.

    Raises:
        RunError: it is damaged or missing.
    """
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path} is damaged or missing: train again with --force.") from error
    return content


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file of the run, whole or not at all."""
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def _begin(run: FacesRun, config: FacesConfig, data: Mapping[str, Any]) -> None:
    run.folder.mkdir(parents=True, exist_ok=True)
    run.folder.chmod(0o700)
    write_whole(run.config, config.to_json())
    write_json(run.about, data)
