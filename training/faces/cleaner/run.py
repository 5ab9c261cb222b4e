"""The run folder of a cleaner: what one training leaves behind, and how it is opened again. Knows no training."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from training.common.run_folder import RunFolder, naming_damage
from training.faces.cleaner.config import CleanerConfig

if TYPE_CHECKING:
    from training.faces.cleaner.networks import Cleaner


@dataclass(frozen=True, slots=True)
class CleanerRun(RunFolder[CleanerConfig]):
    """Where everything of a cleaner's training lies."""

    NOUN: ClassVar[str] = "run of a cleaner"
    CONFIG = CleanerConfig

    @property
    def best(self) -> Path:
        """The weights that were the best of those looked at."""
        return self.checkpoints / "best.pt"


@dataclass(frozen=True, slots=True)
class TrainedCleaner:
    """A finished run, in eval mode on the CPU."""

    network: "Cleaner"
    metrics: dict[str, float]
    made: dict[str, str]


def load_cleaner(folder: Path) -> TrainedCleaner:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = CleanerRun(folder)
    report = run.read_report()
    return TrainedCleaner(load_network(run), report["metrics"], report["made"])


def load_network(run: CleanerRun) -> "Cleaner":
    """Open the best network of a run, finished or not, in eval mode.

    Raises:
        RunError: no run there, or a damaged file.
    """
    import torch

    from training.faces.cleaner.networks import Cleaner

    network = Cleaner(4 * run.read_config().width)
    with naming_damage(run.best):
        network.load_state_dict(torch.load(run.best, map_location="cpu", weights_only=True))
    return network.eval()
