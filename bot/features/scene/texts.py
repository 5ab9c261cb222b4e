"""Every sentence about scenes that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SceneTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    nobody: str
    never_seen: str  # {words}
    temperature: str  # {temperature}
    go_on: str
    """On the button."""

    nothing_typed: str
    too_long: str  # {limit}
    nothing_comes: str
    nothing_further: str
    not_here: str
