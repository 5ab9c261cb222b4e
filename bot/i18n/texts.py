"""Sentences that no feature has for itself, by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoreTexts:
    """One language. Words in braces are filled in by the sender."""

    by_a_model: str
    picked_by_a_model: str

    busy: str
    slow: str
    failed: str  # {reference}
    undelivered: str
    unknown_button: str
    unknown_command: str
    managers_only: str
