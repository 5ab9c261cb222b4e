"""The settings of a cleaner's training: frozen, checked once, and passed; every complaint names the flag."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanerConfig(RunConfig):
    """How a cleaner is trained. Every field is a flag of ``python -m training faces train-cleaner``."""

    steps: Annotated[int, Flag("Steps, at most.", 1, 1_000_000)] = 4_000
    width: Annotated[int, Flag("Channels of the narrowest layer, in fours.", 1, 32)] = 5
    batch: Annotated[int, Flag("Faces of a step.", 2, 1_024)] = 16
    rate: Annotated[float, Flag("Adam's learning rate at its highest.", 1e-6, 1)] = 1e-3
    every: Annotated[int, Flag("Steps between two looks at those held out.", 1, 1_000_000)] = 250
    patience: Annotated[int, Flag("Stop after so many looks that were no better.", 1, 1_000)] = 5
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**31 - 1)] = 7
