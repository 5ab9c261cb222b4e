"""Every sentence about songs that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SongTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    another_verse: str
    """On a button."""

    nothing_typed: str
    too_long: str  # {limit}
    nothing_comes: str
    no_verse_comes: str
    is_full: str
    not_here: str
