"""The settings of a training of text: frozen, checked once, and passed; every complaint names the flag."""

from dataclasses import dataclass
from typing import Literal, get_args

from training.common.config import RunConfig
from training.common.errors import ConfigError

NetworkName = Literal["bigru", "bilstm", "gru", "lstm"]

_BOUNDS: dict[str, tuple[float, float]] = {
    "vocabulary": (10, 50_000),
    "embedding": (2, 2_048),
    "hidden": (2, 4_096),
    "dropout": (0, 0.9),
    "word_dropout": (0, 0.9),
    "batch": (1, 65_536),
    "rate": (1e-6, 1),
    "weight_decay": (0, 1),
    "epochs": (1, 1_000),
    "patience": (1, 1_000),
    "longest": (2, 1_000),
    "held_out": (0.01, 0.5),
    "session_gap": (1, 7 * 24 * 60),
    "seed": (0, 2**32 - 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConfig(RunConfig):
    """How a text network is trained. Every field is a flag of ``python -m training text``.

    ``vocabulary`` and ``longest`` count pieces, ``batch`` counts messages, ``session_gap`` minutes;
    ``held_out`` is the last share of the sessions.
    """

    network: NetworkName = "bigru"
    vocabulary: int = 2_000
    embedding: int = 192
    hidden: int = 256
    dropout: float = 0.5
    word_dropout: float = 0.2
    batch: int = 128
    rate: float = 8e-3
    weight_decay: float = 0.01
    epochs: int = 10
    patience: int = 2
    longest: int = 48
    held_out: float = 0.1
    session_gap: int = 60
    seed: int = 7

    def __post_init__(self) -> None:
        if self.network not in get_args(NetworkName):
            known = ", ".join(get_args(NetworkName))
            raise ConfigError(f"--network must be one of {known}, not {self.network!r}.")
        self.check(_BOUNDS)
