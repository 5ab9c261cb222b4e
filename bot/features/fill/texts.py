"""Every sentence about blanks that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FillTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    temperature: str  # {temperature}

    no_blank: str
    only_blanks: str
    too_long: str  # {limit}
    too_many: str  # {limit}
    nothing_fits: str
    not_here: str
