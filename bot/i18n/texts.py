"""Every sentence a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n.birthday_texts import BirthdayTexts
from bot.i18n.face_texts import FaceTexts


@dataclass(frozen=True, slots=True)
class Texts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""

    by_a_model: str
    read_as: str  # {word} {n}
    never_seen: str  # {words}
    temperature: str  # {temperature}

    nothing_typed: str
    too_long: str  # {limit}
    out_of_range: str  # {name} {low} {high}
    busy: str
    slow: str
    failed: str  # {reference}
    undelivered: str
    unknown_button: str
    unknown_command: str

    about: str  # {version} {provider}
    about_made: str
    about_privacy: str

    birthday: BirthdayTexts
    face: FaceTexts
