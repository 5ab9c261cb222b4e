"""The settings of a training run: frozen, checked once, and passed; every complaint names the flag.

Knows nothing of the command line beyond the flags' names, and nothing of torch.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal, Self, get_args

NetworkName = Literal["bigru", "bilstm", "gru", "lstm"]


class ConfigError(ValueError):
    """A setting that cannot be; the message is one sentence that names the flag."""


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
class RunConfig:
    """What the settings of every training can: be checked, written, read again, and compared flag by flag."""

    def check(self, bounds: Mapping[str, tuple[float, float]]) -> None:
        """Compare numbers with their ``bounds``.

        Raises:
            ConfigError: one is out of them.
        """
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ConfigError(f"--{name.replace('_', '-')} must be between {low:g} and {high:g}, not {value:g}.")

    def to_json(self) -> str:
        """Return the text of a run folder's ``config.json``."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Parse the text of ``config.json``.

        Raises:
            ConfigError: not a configuration, a setting unknown or missing, or out of its bounds.
        """
        try:
            return cls(**json.loads(text))
        except (ValueError, TypeError) as error:
            raise ConfigError(f"config.json is not a run's configuration: {error}") from error

    def differences(self, other: "RunConfig") -> list[str]:
        """Return each flag on which ``other`` differs, with both values."""
        return [
            f"--{field.name.replace('_', '-')} {getattr(self, field.name)} there, {getattr(other, field.name)} here"
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        ]


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
