"""The request: what a member asks of ``/face``, checked, and how a button remembers it. No Discord but its limits."""

import re
from dataclasses import dataclass, replace
from typing import Literal, Self

from bot.bundle import PHOTO
from bot.features.face.texts import FaceTexts
from bot.i18n import UserFacingError
from bot.inference.seeds import LARGEST_SEED, fresh_seed

STRONGEST = 3.0
USUAL_STRENGTH = 1.5
STEP = 0.5
FROM_PHOTO = PHOTO
"""Stands for the generator where the face is the photo in the bot's own answer."""

Act = Literal["more", "less", "again", "new", "show", "open"]
CUSTOM_ID = re.compile(
    r"face:(?P<attribute>\w{1,30}):(?P<source>[\w-]{1,16}):(?P<seed>\d{1,10}):(?P<strength>-?\d(?:\.\d{1,2})?)"
    r":(?P<asker>\d{1,20})(?P<shared>\+?):(?P<act>more|less|again|new|show|open)"
)
SHOW_FILES = re.compile(r"face:show-files")
"""All that is shown under it is in the message."""


@dataclass(frozen=True, slots=True)
class Request:
    """Change ``attribute`` by ``strength`` on the face that ``seed`` draws, or on the photo that is at hand.

    ``source`` is a generator, or ``FROM_PHOTO``; ``asker`` is the id of the only member whose press counts, or 0.
    ``shared``: the asker let everybody press.
    """

    attribute: str
    source: str
    seed: int
    strength: float
    asker: int = 0
    shared: bool = False

    @classmethod
    def of_button(cls, match: re.Match[str]) -> Self:
        """Return what a button remembers; whether the bundle of the moment has it is another question."""
        strength = min(STRONGEST, max(-STRONGEST, float(match["strength"])))
        seed, asker = int(match["seed"]) & LARGEST_SEED, int(match["asker"])
        source = match["source"].replace("_", "-")  # before bundles of schema 3, WGAN-GP was wgan_gp here
        return cls(match["attribute"], source, seed, strength, asker, bool(match["shared"]))

    def custom_id(self, act: Act) -> str:
        """Return the text by which a button remembers this request and what it is to do."""
        asker = f"{self.asker}{'+' * self.shared}"
        return f"face:{self.attribute}:{self.source}:{self.seed}:{self.strength:g}:{asker}:{act}"

    def obeys(self, member: int) -> bool:
        """Return whether a press of ``member`` counts."""
        return self.shared or self.asker in (0, member)

    def after(self, act: str) -> Self:
        """Return the request that a press leads to."""
        if act in {"again", "new"}:
            return replace(self, seed=fresh_seed())
        by = {"more": STEP, "less": -STEP}.get(act, 0.0)
        return replace(self, strength=min(STRONGEST, max(-STRONGEST, self.strength + by)))


def checked_strength(strength: float) -> float:
    """Return the strength to a hundredth.

    Raises:
        UserFacingError: it is beyond what a face can bear.
    """
    if not -STRONGEST <= strength <= STRONGEST:
        raise UserFacingError(FaceTexts, "too_strong", limit=f"{STRONGEST:g}")
    return round(strength, 2)
