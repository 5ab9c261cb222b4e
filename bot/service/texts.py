"""What the owner reads about the service, by name; a language that lacks a sentence does not type-check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceTexts:
    """One language. Words in braces are filled in by the sender."""

    installed: str  # {kind} {file} {folder}
    no_linger: str  # {user}
    removed: str  # {file}
    not_installed: str
    not_started: str  # {kind} {reason}
    unknown_system: str  # {system}
    only_in_environment: str  # {names} {folder}
