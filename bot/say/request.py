"""What a member asks of ``/say``, checked, and how a button remembers it. Knows nothing of Discord but its limits."""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.bundle import normalise
from bot.refused import Refused

MOST_CHARACTERS = 200
MOST_PIECES = 50
USUAL_PIECES = 7
HIGHEST_TEMPERATURE = 2.0
LARGEST_SEED = 2**32 - 1

CUSTOM_ID = re.compile(r"say:(?P<n>\d{1,2}):(?P<temperature>\d(?:\.\d{1,2})?):(?P<word>.+)", re.DOTALL)
_CUSTOM_ID_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Request:
    """A visible word, how many pieces to add, how boldly, and the seed if it is to be repeated."""

    word: str
    n: int
    temperature: float
    seed: int | None = None

    @classmethod
    def checked(cls, word: str, n: int, temperature: float, seed: int | None) -> Self:
        """Return the request as the speaker wants it.

        Raises:
            Refused: nothing visible was typed, it is too long, or a number is out of its range.
        """
        word = normalise(word)
        if not word:
            raise Refused(lambda texts: texts.nothing_typed)
        if len(word) > MOST_CHARACTERS:
            raise Refused(lambda texts: texts.too_long.format(limit=MOST_CHARACTERS))
        _check_range("n", n, 1, MOST_PIECES)
        _check_range("temperature", temperature, 0, HIGHEST_TEMPERATURE)
        _check_range("seed", 0 if seed is None else seed, 0, LARGEST_SEED)
        return cls(word, n, round(temperature, 2), seed)

    @classmethod
    def of_button(cls, match: re.Match[str]) -> Self:
        """Return what a 🔁 remembers, without the seed: it draws another.

        Raises:
            Refused: as :meth:`checked`; a button made by another version may remember other numbers.
        """
        return cls.checked(match["word"], int(match["n"]), float(match["temperature"]), None)

    def custom_id(self) -> str | None:
        """Return the text by which a button remembers this request, or None where the word is too long for one."""
        text = f"say:{self.n}:{self.temperature:g}:{self.word}"
        # Discord does not say how it counts an emoji: count it as the two units that it may take.
        return text if len(text.encode("utf-16-le")) // 2 <= _CUSTOM_ID_LIMIT else None

    def livelier(self, temperature: float) -> Self:
        """Return the request for another answer: at temperature 0 there is no other one."""
        return replace(self, temperature=self.temperature or temperature, seed=None)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise Refused(
            lambda texts: texts.out_of_range.format(
                name=texts.commands.get(name, name), low=f"{low:g}", high=f"{high:,.0f}"
            )
        )
