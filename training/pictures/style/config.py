"""The settings of a style's training: frozen, checked once, and passed; every complaint names the flag."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig
from training.common.errors import ConfigError

_FOLDED = 4
"""What the network's squares are divided by: it halves them twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleConfig(RunConfig):
    """How a style is learnt. Every field is a flag of ``python -m training style``."""

    steps: Annotated[int, Flag("Steps of the network.", 1, 1_000_000)] = 4_000
    batch: Annotated[int, Flag("Photos in a step.", 1, 64)] = 4
    side: Annotated[int, Flag("Pixels of the side of the squares that it learns from.", 64, 512)] = 128
    texture: Annotated[
        int, Flag("Pixels of the picture's longer side as it is learnt from: fewer make the brush finer.", 64, 1024)
    ] = 256
    style_weight: Annotated[float, Flag("How much the picture counts beside the photos.", 0, 10_000)] = 40.0
    smoothness: Annotated[float, Flag("How much noise is held against it (total variation).", 0, 1_000)] = 0.05
    rate: Annotated[float, Flag("Adam's highest learning rate.", 1e-6, 1)] = 2e-3
    every: Annotated[int, Flag("Steps between two checkpoints, and two sheets of samples.", 1, 1_000_000)] = 250
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**31 - 1)] = 7

    def __post_init__(self) -> None:
        """Check each, and that the network can halve its squares twice.

        Raises:
            ConfigError: one cannot be.
        """
        RunConfig.__post_init__(self)
        if self.side % _FOLDED:
            raise ConfigError(f"--side must be divisible by {_FOLDED}, not {self.side}.")
