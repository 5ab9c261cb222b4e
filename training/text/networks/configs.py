"""Settings that single networks have beyond those of all; apart from the networks, so that no flag waits for torch."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag
from training.text.config import TextConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformerConfig(TextConfig):
    """Settings of a Transformer; ``hidden`` is the inner width of a block's feed-forward half.

    By default it has as many weights as the Bi-GRU, and what suits one that learns from nothing.
    """

    hidden: Annotated[int, Flag("Width of the state, in each direction.", 2, 4_096)] = 264
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 4e-3
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.5
    word_dropout: Annotated[float, Flag("Share of words not heard in a step.", 0, 0.9)] = 0.2
    epochs: Annotated[int, Flag("Passes over the messages, at most.", 1, 1_000)] = 10
    layers: Annotated[int, Flag("Blocks of a Transformer.", 1, 48)] = 3
    heads: Annotated[int, Flag("Heads of each block's attention.", 1, 64)] = 4
