"""The settings of a training run: frozen, checked once, and passed; every complaint names the flag.

Knows nothing of the command line beyond the flags' names, and nothing of torch.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Self

from training.common.errors import ConfigError


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
        except (ConfigError, ValueError, TypeError) as error:
            raise ConfigError(f"config.json is not a run's configuration: {error}") from error

    def differences(self, other: "RunConfig") -> list[str]:
        """Return each flag on which ``other`` differs, with both values."""
        return [
            f"--{field.name.replace('_', '-')} {getattr(self, field.name)} there, {getattr(other, field.name)} here"
            for field in fields(self)
            if getattr(self, field.name) != getattr(other, field.name)
        ]
