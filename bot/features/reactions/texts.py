"""Every sentence about reactions that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReactionTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    this_message: str
    given: str  # {emoji}
    told: str  # {emoji}
    by_a_model: str

    nothing_typed: str
    nothing_in_message: str
    not_sure: str
    not_here: str

    turned_on: str  # {most}
    turned_off: str
