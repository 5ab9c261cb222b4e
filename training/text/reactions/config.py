"""The settings of a training of reactions, each with its flag. Knows of no network."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionsConfig(RunConfig):
    """How the network for reactions is trained. Every field is a flag of ``python -m training reactions``.

    ``held_out`` is the last share of the examples, ``longest`` counts pieces, ``batch`` messages.
    """

    embedding: Annotated[int, Flag("Width of a piece's vector.", 2, 192)] = 96
    hidden: Annotated[int, Flag("Width of the state, in each direction.", 2, 1_024)] = 64
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.4
    word_dropout: Annotated[float, Flag("Share of words not heard in a step.", 0, 0.9)] = 0.15
    batch: Annotated[int, Flag("Messages a step.", 1, 65_536)] = 32
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 3e-3
    weight_decay: Annotated[float, Flag("AdamW's.", 0, 1)] = 0.01
    epochs: Annotated[int, Flag("Passes over the messages, at most.", 1, 1_000)] = 15
    patience: Annotated[int, Flag("Stop after so many epochs that were no better.", 1, 1_000)] = 4
    longest: Annotated[int, Flag("Last pieces of a message that are read.", 2, 1_000)] = 64
    held_out: Annotated[float, Flag("Last share of the examples, only to measure on.", 0.05, 0.4)] = 0.15
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7
