"""The settings of a training of songs, each with its flag. Knows of no lines."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag
from training.text.config import TextConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class SongConfig(TextConfig):
    """How the writer of songs is trained; ``batch`` counts stanzas, ``longest`` the pieces of a line.

    The vocabulary is that of the words. What a network of gaps or of speakers would need has no flag here.
    """

    network: str = "lstm-2"
    vocabulary: int = 2_000
    embedding: int = 192
    hidden: Annotated[int, Flag("Width of each of the two layers.", 2, 4_096)] = 152
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.4
    batch: Annotated[int, Flag("Stanzas a step.", 1, 65_536)] = 32
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 1e-2
    epochs: Annotated[int, Flag("Passes over the lines, at most.", 1, 1_000)] = 12
    longest: Annotated[int, Flag("Pieces of a line; longer ones are not sung.", 4, 1_000)] = 24
    truncation: float = 0
    session_gap: int = 60
    no_fill: bool = True
    from_nothing: bool = False
