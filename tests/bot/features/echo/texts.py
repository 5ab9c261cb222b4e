"""What the feature says, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EchoTexts:
    """One language."""

    commands: Mapping[str, str]
    what_is_kept: str
    echo: str  # {word}
    nothing: str
