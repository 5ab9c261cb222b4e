"""Every sentence about dreams that a member may read, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DreamTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    depths: Mapping[str, str]
    """What each depth is called."""
    dreamt: str  # {depth} {strength} {strongest}
    fallen: str  # {depth} {strength} {strongest}
    only_here: str
    only_you: str
    shown_by: str  # {who}

    more: str
    less: str
    fall: str
    show: str

    original: str
    picture: str  # {depth}
    animation: str  # {depth}

    no_dreams: str
    no_picture: str
