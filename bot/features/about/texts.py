"""What the bot says of itself, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AboutTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    about: str
    pitches: Mapping[str, str]
    """What one can do, by the command for it, the best first; ``photo`` is ``face`` where photos can be changed."""
    privacy: str
    reads: str
    """Where the bot may speak unasked."""
    demo: str
    """The first thing that a newcomer reads in the demo."""
    listen: str  # {words}
    """The same where the bundle is a group's own."""
    show_made: str
    made: str  # {version}
    words_learnt: str  # {messages} {when}
    words_base: str
    faces_learnt: str  # {photos} {when}
    faces_drawn: str  # {when}
    credits: str  # {photos}
    more_made: str
