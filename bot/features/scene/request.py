"""The request: a word and how many turns, checked, and how buttons remember it. No Discord but its limits."""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.features.custom_ids import TEMPERATURE, refusing_forged, within_limit
from bot.features.scene.texts import SceneTexts
from bot.features.typed import HIGHEST_TEMPERATURE, split_count, visible
from bot.i18n import UnknownButtonError

FEWEST_TURNS, USUAL_TURNS, MOST_TURNS = 2, 5, 8

CUSTOM_ID = re.compile(r"scene:.*", re.DOTALL)
FURTHER_ID = re.compile(r"scene-on:.*", re.DOTALL)
_SHAPE = re.compile(rf"scene:(?P<turns>\d):{TEMPERATURE}:(?P<word>.+)", re.DOTALL | re.ASCII)
_FURTHER_SHAPE = re.compile(rf"scene-on:{TEMPERATURE}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """A visible word to begin with, how many turns, how boldly, and the seed if it is to be repeated."""

    word: str
    turns: int
    temperature: float
    seed: int | None = None

    @classmethod
    def typed(cls, word: str, turns: int | None, temperature: float, seed: int | None) -> Self:
        """Return the request as a member meant it: without ``turns``, ``윤혜 6`` is ``윤혜`` in six turns.

        Raises:
            UserFacingError: as :meth:`checked`.
        """
        if turns is None:
            word, turns = split_count(word, FEWEST_TURNS, MOST_TURNS)
        return cls.checked(word, turns or USUAL_TURNS, temperature, seed)

    @classmethod
    def checked(cls, word: str, turns: int, temperature: float, seed: int | None = None) -> Self:
        """Return the request as the writer wants it.

        Raises:
            UserFacingError: nothing visible was typed, or it is too long.
        """
        return cls(visible(word, SceneTexts), turns, round(temperature, 2), seed)

    @classmethod
    def of_button(cls, custom_id: str) -> Self:
        """Return what a 🔁 remembers, without the seed: it draws another.

        Raises:
            UnknownButtonError: no version made it.
        """
        match = _SHAPE.fullmatch(custom_id)
        if match is None or not FEWEST_TURNS <= int(match["turns"]) <= MOST_TURNS:
            raise UnknownButtonError
        with refusing_forged():
            return cls.checked(match["word"], int(match["turns"]), _temperature(match))

    def custom_id(self) -> str | None:
        """Return the text by which a 🔁 remembers this request, or None where the word is too long for one."""
        return within_limit(f"scene:{self.turns}:{self.temperature:g}:{self.word}")

    def livelier(self, temperature: float) -> Self:
        """Return the request for another scene: at temperature 0 there is no other one."""
        return replace(self, temperature=self.temperature or temperature, seed=None)


def further_id(temperature: float) -> str:
    """Return the text by which a button goes on with the scene above it, so boldly; the scene is the message."""
    return f"scene-on:{temperature:g}"


def temperature_of(custom_id: str) -> float:
    """Return how boldly a scene is to go on.

    Raises:
        UnknownButtonError: no version made it.
    """
    match = _FURTHER_SHAPE.fullmatch(custom_id)
    if match is None:
        raise UnknownButtonError
    return _temperature(match)


def _temperature(match: re.Match[str]) -> float:
    if (temperature := float(match["temperature"])) > HIGHEST_TEMPERATURE:
        raise UnknownButtonError
    return temperature
