"""What ``/privacy`` says, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrivacyTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    heading: str
    of_the_model: str
    more_at: str  # {url}
    ask_the_owner: str
    exported: str
    nothing_kept: str
    ask: str
    forget: str
    keep: str
    forgotten: str
    some_left: str
    unchanged: str

    withdrawals: str  # {count}
    no_withdrawals: str
