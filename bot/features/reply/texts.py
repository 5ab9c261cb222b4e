"""Every sentence about answers that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplyTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str
    what_is_read: str
    """Where the owner lets the bot speak unasked."""

    this_message: str

    nothing_typed: str
    nothing_in_message: str
    no_answer: str

    turned_on: str  # {most}
    turned_off: str
    unasked_on: str  # {most} {first} {last} {zone}
    unasked_off: str
    never_sure: str
