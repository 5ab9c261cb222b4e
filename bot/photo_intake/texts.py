"""What is said of a member's photo that is not taken in, by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.photos import PhotoProblem


@dataclass(frozen=True, slots=True)
class PhotoTexts:
    """One language."""

    problems: Mapping[PhotoProblem, str]
    photo_gone: str
    one_at_a_time: str
