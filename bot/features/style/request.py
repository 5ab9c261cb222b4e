"""The request: how a photo is to be painted, and how a button remembers it. Of Discord it knows the limits alone.

The photo, and a picture whose style was asked for, are in the bot's own answer: every press begins with them again.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from bot.features.custom_ids import CODE, code

STEP, WEAKEST, STRONGEST = 25, 25, 100
"""Percent of the painting over the photo."""
MOST_MIXED = 2

Act = Literal["more", "less", "colours", "again", "show"]
_STATE = (
    rf"style:(?P<styles>(?:[0-9a-z]{{{CODE}}}){{0,{MOST_MIXED}}})"
    r":(?P<strength>[0-9]{1,3}):(?P<colours>[kp])"
)
STYLE_ID = re.compile(rf"{_STATE}:(?P<act>more|less|colours|again|show)")
STYLE_MENU = re.compile(rf"{_STATE}:pick(?P<page>[0-9])")


@dataclass(frozen=True, slots=True)
class StyleRequest:
    """Paint a photo in its ``styles``, by their keys; in none of them where it is as another picture is painted.

    ``strength`` is how many percent of the painting; the photo's colours stay where it says ``keep_colours``.
    """

    styles: tuple[str, ...] = ()
    strength: int = STRONGEST
    keep_colours: bool = False

    @classmethod
    def of_button(cls, match: re.Match[str], keys: Iterable[str]) -> Self:
        """Return what a button remembers.

        Raises:
            LookupError: it is about a style that is none of ``keys``.
        """
        by_code = {code(key): key for key in keys}
        written = match["styles"]
        styles = tuple(by_code[written[at : at + CODE]] for at in range(0, len(written), CODE))
        strength = min(STRONGEST, max(WEAKEST, int(match["strength"])))
        return cls(styles, strength, match["colours"] == "k")

    def custom_id(self, act: str) -> str:
        """Return the text by which a button remembers this and what it is to do."""
        styles = "".join(map(code, self.styles))
        colours = "k" if self.keep_colours else "p"
        return f"style:{styles}:{self.strength}:{colours}:{act}"

    @property
    def mixture(self) -> dict[str, float]:
        """How much of each style: of two the same."""
        return {key: 1 / len(self.styles) for key in self.styles}

    def after(self, act: str, keys: Sequence[str]) -> Self:
        """Return what a press leads to, where there are the styles ``keys``."""
        if act in {"more", "less"}:
            step = STEP if act == "more" else -STEP
            return replace(self, strength=min(STRONGEST, max(WEAKEST, self.strength + step)))
        if act == "colours":
            return replace(self, keep_colours=not self.keep_colours)
        if act == "again":
            others = [key for key in keys if key not in self.styles] or list(keys)
            return replace(self, styles=(random.choice(others),))
        return self

    def in_styles(self, styles: Sequence[str]) -> Self:
        """Return the same in other styles; of more than can be mixed the first."""
        return replace(self, styles=tuple(dict.fromkeys(styles))[:MOST_MIXED])
