"""The settings of a training: frozen, checked once, and passed; every complaint names the flag.

A setting is written once: its :class:`Flag`, in the annotation of its field, holds its help and its bounds, and
:mod:`training.common.flags` makes an option of it. Knows nothing of the command line beyond the flags' names, and
nothing of torch.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, get_args, get_type_hints

from training.common.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Flag:
    """A setting's flag: its ``help`` and, of a number, the bounds ``low`` and ``high``, both included."""

    help: str
    low: float | None = None
    high: float | None = None

    def check(self, option: str, value: Any) -> None:  # noqa: ANN401 - as it was given, or read from a file
        """Compare a value with the bounds.

        Raises:
            ConfigError: it is out of them.
            TypeError: it is no number.
        """
        if self.low is not None and self.high is not None and not self.low <= value <= self.high:
            raise ConfigError(f"{option} must be between {self.low:g} and {self.high:g}, not {value:g}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """What the settings of every training can: be checked, written, and compared flag by flag."""

    def __post_init__(self) -> None:
        for name, flag in flags_of(type(self)).items():
            flag.check(option_name(name), getattr(self, name))

    def to_json(self) -> str:
        """Return the text of a run folder's ``config.json``."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def differences(self, other: "RunConfig") -> list[str]:
        """Return each flag on which ``other`` differs, with both values."""
        mine, theirs = asdict(self), asdict(other)
        return [
            f"{option_name(name)} {mine.get(name)} there, {theirs.get(name)} here"
            for name in mine | theirs
            if mine.get(name) != theirs.get(name)
        ]


def flags_of(config: type[RunConfig]) -> Mapping[str, Flag]:
    """Return the flag of every field that has one, by the field's name and in the order of the fields."""
    hints = get_type_hints(config, include_extras=True)
    annotations = {field.name: get_args(hints[field.name]) for field in fields(config)}
    return {name: flag for name, args in annotations.items() for flag in args if isinstance(flag, Flag)}


def option_name(field: str) -> str:
    """Return how a field is written on the command line."""
    return f"--{field.replace('_', '-')}"
