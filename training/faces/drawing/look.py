"""The look of a person today: the identity and the attributes as colours and lengths that the layers draw with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from training.faces.drawing.colours import lighter, mix
from training.faces.drawing.identity import Identity

_BLACK, _BROWNS = "#211b20", ("#5c3820", "#7f5230")


@dataclass(frozen=True, slots=True)
class Look:
    """What the layers draw with: lengths in hundredths of the picture's side; ``cheek`` is the face's half width."""

    identity: Identity
    has: Mapping[str, bool]
    skin: str
    hair: str
    cheek: float
    jaw: float
    chin: float

    @classmethod
    def of(cls, identity: Identity, has: Mapping[str, bool]) -> Self:
        """Return today's look."""
        male, chubby = has["Male"], has["Chubby"]
        skin = mix(lighter(identity.skin, 0.55), "#f7ece8", 0.5) if has["Pale_Skin"] else identity.skin
        return cls(
            identity,
            has,
            skin,
            _hair(identity, has),
            cheek=identity.face_width + (4.2 if chubby else 0) + (0.6 if male else 0),
            jaw=(0.86 if chubby else 0.70) + (0.06 if male else 0),
            chin=identity.chin + (2.2 if chubby else 0) + (1.0 if male else 0),
        )

    @property
    def long(self) -> bool:
        """Whether the hair falls below the ears."""
        return not self.has["Male"] and self.identity.style in ("long", "bob", "curly")


def _hair(identity: Identity, has: Mapping[str, bool]) -> str:
    if has["Black_Hair"]:
        return _BLACK
    return mix(*_BROWNS, identity.brown) if has["Brown_Hair"] else identity.other_hair
