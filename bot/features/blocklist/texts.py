"""What the blocklist says, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlocklistTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    refused: str
    refused_before: str
    not_mine: str
    no_words: str
    full: str  # {limit}

    heading: str
    nothing: str
    how: str
    page: str  # {page} {pages} {total}
