"""A finished run's network for gaps, opened again to be exported."""

from dataclasses import dataclass
from pathlib import Path

import torch

from training.common.errors import RunError
from training.common.run_folder import naming_damage
from training.text.infilling.network import InfillingNetwork, build
from training.text.run import TextRun


@dataclass(frozen=True, slots=True)
class TrainedInfilling:
    """The network in eval mode, and what was measured."""

    network: InfillingNetwork
    metrics: dict[str, float]


def load_infilling(folder: Path, vocabulary: int) -> TrainedInfilling | None:
    """Open the network of a finished run, or return None where it has none that beats the voice.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = TextRun(folder)
    measured = run.read_report().get("infilling")
    if measured is None:
        return None
    try:
        is_better, metrics = (
            bool(measured["is_better"]),
            {name: float(measured["metrics"][name]) for name in measured["metrics"]},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RunError(f"The report {run.report} is damaged ({error!r}): train again with --force.") from error
    return TrainedInfilling(_opened(run, vocabulary), metrics) if is_better else None


def _opened(run: TextRun, vocabulary: int) -> InfillingNetwork:
    network = build(run.read_config(), vocabulary)
    with naming_damage(run.infilling):
        network.load_state_dict(torch.load(run.infilling, map_location="cpu", weights_only=True))
    return network.eval()
