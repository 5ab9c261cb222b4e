"""The request: what a member asks of ``/say``, checked, and how a button remembers it. No Discord but its limits."""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.features.custom_ids import TEMPERATURE, refusing_forged, within_limit
from bot.features.say.texts import SayTexts
from bot.features.typed import HIGHEST_TEMPERATURE, split_count, visible
from bot.i18n import Named, UnknownButtonError, UserFacingError
from bot.inference.seeds import LARGEST_SEED

MOST_PIECES = 50

CUSTOM_ID = re.compile(r"say:.*", re.DOTALL)
_SHAPE = re.compile(rf"say:(?:=(?P<member>[^:]+):)?(?P<n>\d{{0,2}}):{TEMPERATURE}:(?P<word>.+)", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """A visible word, how many pieces to add (None: one whole sentence), how boldly, the seed if it is to be repeated.

    ``n_in_word``: nobody gave ``n``; it stood at the end of the word. ``member``: as whom, or None for the group.
    """

    word: str
    n: int | None
    temperature: float
    seed: int | None = None
    n_in_word: bool = False
    member: str | None = None

    @classmethod
    def typed(cls, word: str, n: int | None, temperature: float, seed: int | None, member: str | None = None) -> Self:
        """Return the request as a member meant it: without ``n``, ``윤혜 5`` is ``윤혜`` and 5 more.

        Discord's client puts all that is typed behind the command into its first option.

        Raises:
            UserFacingError: as :meth:`checked`.
        """
        if n is not None:
            return cls.checked(word, n, temperature, seed, member)
        word, count = split_count(word, 1, MOST_PIECES)
        request = cls.checked(word, count, temperature, seed, member)
        return replace(request, n_in_word=count is not None)

    @classmethod
    def checked(cls, word: str, n: int | None, temperature: float, seed: int | None, member: str | None = None) -> Self:
        """Return the request as the speaker wants it.

        Raises:
            UserFacingError: nothing visible was typed, it is too long, or a number is out of its range.
        """
        word = visible(word, SayTexts)
        _check_range("n", 1 if n is None else n, 1, MOST_PIECES)
        _check_range("temperature", temperature, 0, HIGHEST_TEMPERATURE)
        _check_range("seed", 0 if seed is None else seed, 0, LARGEST_SEED)
        return cls(word, n, round(temperature, 2), seed, member=member)

    @classmethod
    def of_button(cls, custom_id: str) -> Self:
        """Return what a 🔁 remembers, without the seed: it draws another.

        Raises:
            UnknownButtonError: no version made it.
        """
        match = _SHAPE.fullmatch(custom_id)
        if match is None:
            raise UnknownButtonError
        n = int(match["n"]) if match["n"] else None
        with refusing_forged():
            return cls.checked(match["word"], n, float(match["temperature"]), None, match["member"])

    def custom_id(self) -> str | None:
        """Return the text by which a button remembers this request, or None where that is too long for one."""
        member = self.member or ""
        if ":" in member:
            return None
        return within_limit(
            f"say:{f'={member}:' if member else ''}{'' if self.n is None else self.n}:{self.temperature:g}:{self.word}"
        )

    def livelier(self, temperature: float) -> Self:
        """Return the request for another answer: at temperature 0 there is no other one."""
        return replace(self, temperature=self.temperature or temperature, seed=None, n_in_word=False)


def _check_range(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        named = Named("commands", (name,))
        raise UserFacingError(SayTexts, "out_of_range", name=named, low=f"{low:g}", high=f"{high:,.0f}")
