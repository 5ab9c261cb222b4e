"""The settings of a training: frozen, checked once, and passed; every complaint names the flag.

A setting is written once: its :class:`Flag`, in the annotation of its field, holds its help and its bounds, and
:mod:`training.common.flags` makes an option of it. Knows nothing of the command line beyond the flags' names, and
nothing of torch.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import get_args, get_type_hints

from training.common.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Flag:
    """A setting's flag: its ``help``, and the bounds of its value, both included."""

    help: str
    low: float = float("-inf")
    high: float = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """What the settings of every training can: be checked, written, and compared flag by flag."""

    def __post_init__(self) -> None:
        for name, flag in flags_of(type(self)).items():
            value = getattr(self, name)
            if isinstance(value, int | float) and not flag.low <= value <= flag.high:
                raise ConfigError(f"{option_name(name)} must be between {flag.low:g} and {flag.high:g}, not {value:g}.")

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
