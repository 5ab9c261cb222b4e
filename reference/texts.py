"""What the pages say beside the code, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferenceTexts:
    """One language. ``explained`` and ``values`` take the place of the English that the code has."""

    title: str
    written: str
    on_discord: str
    in_menu: str
    in_terminal: str
    settings: str
    settings_note: str
    required: str
    command_columns: tuple[str, str, str]
    setting_columns: tuple[str, str, str, str]
    explained: Mapping[str, str]
    """What a setting does, by its field."""
    values: Mapping[str, str]
    """What a setting may be, by its field; for the others the English stays."""
