"""The settings of a training of a pulse, each with its flag."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseConfig(RunConfig):
    """How a pulse is learnt. Every field is a flag of ``python -m training pulse``."""

    hidden: Annotated[int, Flag("Width of the LSTM's state.", 2, 512)] = 32
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.3
    batch: Annotated[int, Flag("Windows of a week a step.", 1, 4_096)] = 64
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 3e-3
    weight_decay: Annotated[float, Flag("AdamW's.", 0, 1)] = 0.01
    epochs: Annotated[int, Flag("Of up to 100 steps each, at most.", 1, 1_000)] = 30
    patience: Annotated[int, Flag("Stop after so many epochs that were no better.", 1, 1_000)] = 5
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7
