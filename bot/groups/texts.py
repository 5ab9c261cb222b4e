"""Sentences about which group answers, and where none does, by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupTexts:
    """One language. Words in braces are filled in by the sender."""

    stands_in: str
    no_voice: str
    no_voice_of_yours: str
    cannot_open: str
    choose_first: str
    not_served: str
    not_served_in_private: str
