"""What the feature says, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EchoTexts:
    """One language."""

    commands: Mapping[str, str]
    echo: str  # {word}
    nothing: str
