"""The run folder of a generator: its files, and how it is opened again. Needs torch only to open a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from bot.bundle import BundleError, Crop, Directions, LearntFrom
from training.common.errors import RunError
from training.common.run_folder import RunFolder, naming_damage, read_json, write_json
from training.faces.config import FacesConfig
from training.faces.data.dataset import crop_of
from training.faces.models import build_generator, config_of

if TYPE_CHECKING:
    from torch import nn

    from training.faces.models.module import FacesModule


_LEARNT_FROM = {True: LearntFrom.DRAWN, False: LearntFrom.PHOTOS}


@dataclass(frozen=True, slots=True)
class FacesRun(RunFolder[FacesConfig]):
    """Where everything of one run of faces lies."""

    NOUN: ClassVar[str] = "training run of faces"

    @override
    def config_of(self, settings: Mapping[str, Any]) -> FacesConfig:
        """Return the settings of a run, of the class that its generator asks for."""
        return config_of(settings)

    @property
    def about(self) -> Path:
        """Of the faces: their side, the fingerprint of the data, whether they are drawn, and how they were cut out."""
        return self.folder / "data.json"

    @property
    def grids(self) -> Path:
        """The folder of the pictures that are drawn from the same latents as training goes on."""
        return self.folder / "grids"

    @property
    def directions(self) -> Path:
        """The directions found in the latent space."""
        return self.folder / "directions.json"

    def begin_with(self, data: Mapping[str, Any], config: FacesConfig, *, resumed: bool) -> None:
        """Make the folder, or check that a stopped run learns from the same ``data``.

        Raises:
            RunError: the faces are not those that the run began with.
        """
        if not resumed or not self.about.is_file():
            self.begin(config, resumed=resumed)
            write_json(self.about, data)
        elif not is_same_data(read_json(self.about), data):
            raise RunError(
                f"The stopped run in {self.folder} learns from other faces: "
                "give the same data folder to go on with it, another --out, or --force to train anew."
            )


@dataclass(frozen=True, slots=True)
class TrainedFaces:
    """A finished run, in eval mode on the CPU.

    ``generator`` takes ``[b, latent]`` to ``[b, 3, size, size]`` in [-1, 1]; ``encoder`` back to the posterior mean.
    """

    kind: str
    generator: "nn.Module"
    encoder: "nn.Module | None"
    latent: int
    size: int
    directions: Directions | None
    metrics: dict[str, float]
    made: dict[str, str]
    crop: Crop
    """How the faces were cut out that it has seen."""
    learnt_from: LearntFrom | None
    """None for a run that did not note it."""


def is_same_data(before: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """Return whether a run learnt from this data; an older one did not note all of it."""
    return all(before.get(name, value) == value for name, value in data.items())


def load_module(run: FacesRun) -> "FacesModule":
    """Open the model of a run, finished or not, in eval mode.

    Raises:
        RunError: no run there, or a damaged file.
    """
    import torch

    config = run.read_config()
    with naming_damage(run.last):
        module = build_generator(config, int(read_json(run.about)["size"]))
        module.load_state_dict(torch.load(run.last, map_location="cpu", weights_only=True)["state_dict"])
    return module.eval()


def load_faces(folder: Path) -> TrainedFaces:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = FacesRun(folder)
    config, report, about = run.read_config(), run.read_report(), read_json(run.about)
    module = load_module(run)
    try:
        crop = crop_of(about)
        directions = Directions.open(run.directions) if run.directions.is_file() else None
    except (KeyError, TypeError, ValueError, BundleError) as error:
        raise RunError(f"The run in {folder} is damaged ({error}): measure it again.") from error
    return TrainedFaces(
        config.kind,
        module.ema_generator,
        module.latent_encoder,
        config.latent,
        module.size,
        directions,
        report["metrics"],
        report["made"],
        crop,
        _LEARNT_FROM.get(about["drawn"]) if "drawn" in about else None,
    )
