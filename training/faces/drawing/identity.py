"""The identity of an invented person: what stays when they smile, put on a hat or dye their hair.

Knows nothing of drawing.
"""

import random
from dataclasses import dataclass
from typing import Self

_SKINS = ("#f6d3bd", "#f0c3a4", "#e5b08a", "#d29a72", "#b97f58", "#9a6645", "#7d5137")
_EYES = ("#3a2418", "#4b2e1c", "#2b2b33", "#5b4a2a", "#3d5a40", "#3f5f80")
_OTHER_HAIR = ("#d8b36a", "#c9974b", "#a9a6a4", "#b0522d", "#e6cf9b")
_CLOTHES = ("#3f6c8f", "#8c4a5c", "#4f7a5b", "#c98a3b", "#6a5a8c", "#3c4454", "#b7594b", "#e3dccf")
_BACKGROUNDS = ("#dbe7ef", "#efe3d3", "#e0ecdd", "#ecdfe8", "#e6e3f1", "#f2ead0", "#d8e4e2", "#e9dcd6")
_STYLES = ("long", "bob", "short", "curly")


@dataclass(frozen=True, slots=True)
class Identity:
    """The traits of one person.

    Lengths are in hundredths of the picture's side; colours are ``#rrggbb``; ``light`` is -1 (left) to 1 (right).
    """

    number: int
    skin: str
    eyes: str
    other_hair: str
    brown: float
    clothes: str
    background: str
    style: str
    parting: float
    face_width: float
    chin: float
    eye_size: float
    brow_height: float
    brow_tilt: float
    nose_length: float
    nose_width: float
    mouth_width: float
    lip: float
    hat: int
    glasses: int
    earrings: int
    light: float
    tilt: float
    shift: float

    @classmethod
    def of(cls, number: int) -> Self:
        """Return the person with this number: the same on every machine."""
        rng = random.Random(f"identity {number}")

        def around(middle: float, spread: float) -> float:
            return middle + spread * max(-2.0, min(2.0, rng.gauss(0, 1)))

        return cls(
            number=number,
            skin=rng.choice(_SKINS),
            eyes=rng.choice(_EYES),
            other_hair=rng.choice(_OTHER_HAIR),
            brown=rng.random(),
            clothes=rng.choice(_CLOTHES),
            background=rng.choice(_BACKGROUNDS),
            style=rng.choice(_STYLES),
            parting=rng.uniform(-9, 9),
            face_width=around(28.5, 0.9),
            chin=around(84.5, 1.1),
            eye_size=around(1.0, 0.06),
            brow_height=around(36.2, 0.7),
            brow_tilt=around(0, 0.7),
            nose_length=around(13.5, 1.0),
            nose_width=around(4.2, 0.5),
            mouth_width=around(9.6, 0.7),
            lip=around(1.7, 0.25),
            hat=rng.randrange(3),
            glasses=rng.randrange(2),
            earrings=rng.randrange(2),
            light=rng.uniform(-1, 1),
            tilt=around(0, 1.3),
            shift=around(0, 0.5),
        )
