"""What the owner reads at the terminal; a language that has no sentence of its own leaves the English one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TerminalTexts:
    """One language. ``sentences`` are whole ones by the English; where braces stand the same is filled in."""

    sentences: Mapping[str, str]
