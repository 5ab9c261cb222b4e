"""The run folder of a style: what one training leaves behind, and how it is opened again. Knows no training."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from training.common.run_folder import RunFolder, naming_damage
from training.pictures.style.config import StyleConfig

if TYPE_CHECKING:
    from training.pictures.style.network import StyleNetwork


@dataclass(frozen=True, slots=True)
class StyleRun(RunFolder[StyleConfig]):
    """Where everything of a style's training lies."""

    NOUN: ClassVar[str] = "run of a style"
    CONFIG = StyleConfig

    @property
    def samples(self) -> Path:
        """The folder of what was painted on the way: photos, so for the owner's eyes only."""
        return self.folder / "samples"

    def sample(self, step: int) -> Path:
        """Return where the paintings after so many steps lie."""
        return self.samples / f"{step:06}.jpg"


@dataclass(frozen=True, slots=True)
class TrainedStyle:
    """A finished run, in eval mode on the CPU."""

    network: "StyleNetwork"
    metrics: dict[str, float]
    made: dict[str, str]


def load_style(folder: Path) -> TrainedStyle:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    import torch

    from training.pictures.style.network import StyleNetwork

    run = StyleRun(folder)
    report = run.read_report()
    network = StyleNetwork()
    with naming_damage(run.last):
        network.load_state_dict(torch.load(run.last, map_location="cpu", weights_only=True)["network"])
    return TrainedStyle(network.eval(), report["metrics"], report["made"])
