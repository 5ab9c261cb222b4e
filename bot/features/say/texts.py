"""Every sentence about words that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SayTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    read_as: str  # {word} {n}
    never_seen: str  # {words}
    temperature: str  # {temperature}
    as_member: str  # {member}
    can_imitate: str  # {names}

    nothing_typed: str
    too_long: str  # {limit}
    no_members: str
    no_such_member: str  # {names}
    out_of_range: str  # {name} {low} {high}
