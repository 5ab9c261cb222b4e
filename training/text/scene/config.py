"""The settings of a training of scenes, each with its flag. Knows nothing of torch."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneConfig(RunConfig):
    """How the network of scenes is trained. Every field is a flag of ``python -m training scene``.

    ``context`` counts pieces, ``batch`` windows of a conversation of so many. What is held out and where conversations
    end are those of the run of the words.
    """

    width: Annotated[int, Flag("Width of a piece's vector.", 2, 2_048)] = 192
    layers: Annotated[int, Flag("Blocks of the Transformer.", 1, 48)] = 3
    heads: Annotated[int, Flag("Heads of each block's attention.", 1, 64)] = 6
    hidden: Annotated[int, Flag("Inner width of a block's feed-forward half.", 2, 4_096)] = 384
    context: Annotated[int, Flag("Pieces of a conversation that are read at once.", 4, 1_000)] = 128
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.3
    word_dropout: Annotated[float, Flag("Share of pieces not heard in a step.", 0, 0.9)] = 0.2
    batch: Annotated[int, Flag("Windows a step.", 1, 4_096)] = 8
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 2e-3
    weight_decay: Annotated[float, Flag("AdamW's.", 0, 1)] = 0.05
    epochs: Annotated[int, Flag("Passes over the messages, at most.", 1, 1_000)] = 9
    patience: Annotated[int, Flag("Stop after so many epochs that were no better.", 1, 1_000)] = 3
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7
    from_nothing: Annotated[bool, Flag("Do not begin with the base voice's words.")] = False
