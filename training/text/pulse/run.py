"""What training leaves of a pulse, in a folder of its own in a run of text: weights, counts, and what it is worth."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.bundle import BundleError
from bot.bundle.pulse import WEEK, PulseCounts
from training.common.errors import RunError
from training.common.run_folder import naming_damage
from training.text.pulse.config import PulseConfig
from training.text.run import MessagesRun

if TYPE_CHECKING:
    from training.text.pulse.network import UsualWeek


@dataclass(frozen=True, slots=True)
class TrainedPulse:
    """The network in eval mode, or the usual week where that is no worse; the counts of a bundle; what was measured."""

    network: "UsualWeek"
    counts: PulseCounts
    made: dict[str, str]
    metrics: dict[str, float]


@dataclass(frozen=True, slots=True)
class PulseRun(MessagesRun[PulseConfig]):
    """Where everything of it lies."""

    FOLDER = "pulse"
    CONFIG = PulseConfig

    @property
    def weights(self) -> Path:
        """What is exported: an LSTM's weights or the usual week."""
        return self.folder / "pulse.pt"

    @property
    def counts(self) -> Path:
        """What a bundle carries beside the graph."""
        return self.folder / "counts.json"

    def load(self) -> TrainedPulse | None:
        """Return what was learnt; None where nothing was.

        Raises:
            RunError: the run is not finished, or a file is damaged.
        """
        if not self.config.is_file():
            return None
        report = self.read_report()
        import torch

        from training.text.pulse.network import PulseNetwork, UsualWeek

        try:
            counts = PulseCounts.open(self.counts)
        except BundleError as error:
            raise RunError(f"{self.counts} is damaged: train again with --force.") from error
        nothing = np.zeros(WEEK)
        network = PulseNetwork(nothing, self.read_config().hidden) if counts.reach else UsualWeek(nothing)
        with naming_damage(self.weights):
            network.load_state_dict(torch.load(self.weights, weights_only=True))
        return TrainedPulse(network.eval(), counts, report["made"], report["metrics"])
