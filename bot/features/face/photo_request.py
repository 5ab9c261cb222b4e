"""What is to be changed on which faces of a photo, and how a button remembers it. Of Discord it knows the limits alone.

The photo itself is in the bot's own answer; every press begins with it again, so changes never pile up on pixels.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from bot.features.custom_ids import CODE, code, in_base_36
from bot.features.face.request import STEP, STRONGEST, USUAL_STRENGTH
from bot.inference.artist import Edit

MOST_FACES = 24
"""A menu has room for one more: all of them."""
MOST_EDITS = 6
EVERY = frozenset(range(1, MOST_FACES + 1))

Act = Literal["more", "less", "show", "open", "all", "faces", "edits"]
_EDIT = CODE + 2
_STATE = (
    rf"face:p:(?P<asker>[0-9]{{1,20}})(?P<shared>\+?):(?P<faces>[0-9a-z]{{1,5}})"
    rf":(?P<edits>(?:[0-9a-z]{{{_EDIT}}}){{0,{MOST_EDITS}}})"
)
PHOTO_ID = re.compile(rf"{_STATE}:(?P<act>more|less|show|open|all|[1-9][0-9]?)")
PHOTO_MENU = re.compile(rf"{_STATE}:(?P<act>faces|edits)")
"""Each edit is four letters for the attribute and two for the strength: six of them fit into 100 characters."""


@dataclass(frozen=True, slots=True)
class PhotoRequest:
    """Change the ``faces`` of a photo, by their numbers from 1, by each of the ``edits``.

    No faces: none was chosen yet. ``asker`` is the id of the only member whose press counts, unless ``shared``.
    """

    edits: tuple[Edit, ...]
    faces: frozenset[int] = frozenset()
    asker: int = 0
    shared: bool = False

    @classmethod
    def of_button(cls, match: re.Match[str], attributes: Iterable[str]) -> Self:
        """Return what a button remembers.

        Raises:
            LookupError: it is about an attribute that is none of ``attributes``.
        """
        by_code = {code(name): name for name in attributes}
        written = match["edits"]
        edits = [written[at : at + _EDIT] for at in range(0, len(written), _EDIT)]
        read = {by_code[edit[:CODE]]: _strength(edit[CODE:]) for edit in edits}
        mask = int(match["faces"], 36)
        faces = frozenset(number for number in range(1, MOST_FACES + 1) if mask >> (number - 1) & 1)
        return cls(tuple(read.items()), faces, int(match["asker"]), bool(match["shared"]))

    def custom_id(self, act: Act | int) -> str:
        """Return the text by which a button remembers this and what it is to do: a number turns that face on or off."""
        faces = in_base_36(sum(1 << (number - 1) for number in self.faces))
        edits = "".join(code(name) + in_base_36(round(100 * (each + STRONGEST)), 2) for name, each in self.edits)
        return f"face:p:{self.asker}{'+' * self.shared}:{faces}:{edits}:{act}"

    def obeys(self, member: int) -> bool:
        """Return whether a press of ``member`` counts."""
        return self.shared or self.asker == member

    def after(self, act: str, values: Sequence[str] = ()) -> Self:
        """Return what a press leads to; ``values`` are what was chosen in a menu."""
        if act in ("more", "less") and self.edits:
            attribute, strength = self.edits[-1]
            changed = min(STRONGEST, max(-STRONGEST, strength + (STEP if act == "more" else -STEP)))
            return replace(self, edits=(*self.edits[:-1], (attribute, changed)))
        if act == "edits":
            return replace(self, edits=self._with(values))
        if act == "open":
            return replace(self, shared=True)
        return replace(self, faces=self._faces(act, values))

    def _faces(self, act: str, values: Sequence[str]) -> frozenset[int]:
        if act.isdecimal():
            return self.faces ^ {int(act)}
        if act == "all" or "all" in values:
            return EVERY
        return frozenset(_numbers(values)) if act == "faces" else self.faces

    def of(self, count: int) -> Self:
        """Return this for a photo with so many faces: the only one needs no choosing."""
        return replace(self, faces=frozenset({1}) if count == 1 else self.faces & frozenset(range(1, count + 1)))

    def _with(self, attributes: Sequence[str]) -> tuple[Edit, ...]:
        """Return the edits that stay, in their order, and behind them the new ones."""
        edits = [edit for edit in self.edits if edit[0] in attributes]
        new = [name for name in dict.fromkeys(attributes) if name not in dict(edits)]
        return (*edits, *((name, USUAL_STRENGTH) for name in new))[:MOST_EDITS]


def _numbers(values: Iterable[str]) -> Iterable[int]:
    return (int(value) for value in values if re.fullmatch(r"[1-9][0-9]?", value) and int(value) <= MOST_FACES)


def _strength(written: str) -> float:
    return min(STRONGEST, (int(written, 36) - round(100 * STRONGEST)) / 100)
