"""The request: what a member asks of ``/song``, checked, and what its button remembers. No Discord but its limits."""

import re
from dataclasses import dataclass
from typing import Self

from bot.features.song.texts import SongTexts
from bot.features.typed import visible
from bot.i18n import UnknownButtonError
from bot.inference.seeds import LARGEST_SEED
from bot.inference.songwriter import FORMS

MOST_CHARACTERS = 30
"""A refrain is sung in one breath."""
USUAL_LINES = max(FORMS)

CUSTOM_ID = re.compile(r"song:.*", re.DOTALL)
_SHAPE = re.compile(r"song:(?P<seed>\d{1,10})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """A visible word, of how many lines the song is to be, and the seed if it is to be repeated."""

    word: str
    lines: int
    seed: int | None = None

    @classmethod
    def checked(cls, word: str, lines: int | None, seed: int | None) -> Self:
        """Return the request as the writer wants it.

        Raises:
            UserFacingError: nothing visible was typed, or it is too long.
        """
        return cls(visible(word, SongTexts, MOST_CHARACTERS), USUAL_LINES if lines is None else lines, seed)


def custom_id(seed: int) -> str:
    """Return the text by which a button remembers the seed of its song; the song itself stands above it."""
    return f"song:{seed}"


def seed_of_button(custom_id: str) -> int:
    """Return the seed that a button remembers.

    Raises:
        UnknownButtonError: no version made it.
    """
    match = _SHAPE.fullmatch(custom_id)
    if match is None or int(match["seed"]) > LARGEST_SEED:
        raise UnknownButtonError
    return int(match["seed"])
