"""Random attributes of invented people: lots are drawn for what they have today. Knows nothing of drawing."""

import random
from collections.abc import Mapping

from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing.identity import Identity

# Each attribute is common enough to learn from both sides; what goes with whom is a tendency, never a rule.
_SHARES = {
    "Bangs": 0.4,
    "Chubby": 0.3,
    "Eyeglasses": 0.3,
    "Heavy_Makeup": 0.3,
    "Male": 0.5,
    "Mouth_Slightly_Open": 0.4,
    "Narrow_Eyes": 0.3,
    "Pale_Skin": 0.25,
    "Rosy_Cheeks": 0.35,
    "Smiling": 0.5,
    "Wearing_Earrings": 0.35,
    "Wearing_Hat": 0.25,
    "Wearing_Lipstick": 0.4,
}
_OF_MEN = {"Heavy_Makeup": 0.15, "Wearing_Earrings": 0.2, "Wearing_Lipstick": 0.15, "Bangs": 0.3}


def invent(seed: int) -> tuple[Identity, dict[str, bool]]:
    """Return person number ``seed`` and their attributes."""
    return Identity.of(seed), attributes_of(seed)


def attributes_of(seed: int, day: int = 0) -> dict[str, bool]:
    """Return the attributes of person number ``seed`` on ``day``: a man stays one, the rest may change."""
    male = random.Random(f"male {seed}").random() < _SHARES["Male"]
    rng = random.Random(f"attributes {seed} {day}")
    chosen = {name: rng.random() < _share(name, male=male) for name in _SHARES if name != "Male"}
    hair = rng.random()
    attributes: Mapping[str, bool] = chosen | {"Male": male, "Black_Hair": hair < 0.4, "Brown_Hair": 0.4 <= hair < 0.75}
    return {name: attributes[name] for name in ATTRIBUTES}


def _share(name: str, *, male: bool) -> float:
    return _OF_MEN.get(name, _SHARES[name]) if male else _SHARES[name]
