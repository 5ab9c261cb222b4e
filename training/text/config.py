"""The settings of a training of text, each with its flag. Knows of no network."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConfig(RunConfig):
    """How a text network is trained. Every field is a flag of ``python -m training text``.

    ``longest`` counts pieces, ``vocabulary`` those that are whole morphemes, ``batch`` messages, ``session_gap``
    minutes; ``held_out`` is the last share of the sessions. A network that needs more settings has its own subclass.
    The defaults are for a network that goes on from the base voice.
    ``speakers`` are those whom the voice may sound like alone; they are given by ``--as``.
    """

    network: Annotated[str, Flag("Which network.")] = "bigru"
    vocabulary: Annotated[int, Flag("How many of the most frequent morphemes to have whole.", 10, 40_000)] = 2_000
    embedding: Annotated[int, Flag("Width of a piece's vector.", 2, 2_048)] = 192
    hidden: Annotated[int, Flag("Width of the state, in each direction.", 2, 4_096)] = 256
    dropout: Annotated[float, Flag("Share left out, against learning by heart.", 0, 0.9)] = 0.3
    word_dropout: Annotated[float, Flag("Share of words not heard in a step.", 0, 0.9)] = 0.1
    truncation: Annotated[float, Flag("Share of a step's messages, the least expected, to leave out.", 0, 0.9)] = 0.15
    batch: Annotated[int, Flag("Messages a step.", 1, 65_536)] = 128
    rate: Annotated[float, Flag("Learning rate at its highest.", 1e-6, 1)] = 8e-3
    weight_decay: Annotated[float, Flag("AdamW's.", 0, 1)] = 0.01
    epochs: Annotated[int, Flag("Passes over the messages, at most.", 1, 1_000)] = 5
    patience: Annotated[int, Flag("Stop after so many epochs that were no better.", 1, 1_000)] = 2
    longest: Annotated[int, Flag("Pieces of a message that are learnt from.", 2, 1_000)] = 64
    held_out: Annotated[float, Flag("Last share of the chat, only to measure on.", 0.01, 0.5)] = 0.1
    session_gap: Annotated[int, Flag("Minutes of silence that end a conversation.", 1, 7 * 24 * 60)] = 60
    no_fill: Annotated[bool, Flag("Learn no network that fills gaps.")] = False
    speakers: tuple[str, ...] = ()
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7
    from_nothing: Annotated[bool, Flag("Do not go on from the base voice: learn from this chat alone.")] = False
