"""Every sentence of ``/group`` and ``/invitation``, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    choose: str
    only_one: str  # {server}
    chosen: str  # {server}
    unnamed: str  # {id}
    welcome: str
    served_already: str
    no_such_code: str
