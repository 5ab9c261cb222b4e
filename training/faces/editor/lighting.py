"""Light and lenses that few photos have: hard light, from one side, and edges that a camera has sharpened.

Of the faces that an editor did not make smile most were lit so (docs/experiments.md), and many sets have few of them.
What is to be compared is lit alike. Knows nothing of what the faces are for.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_CONTRAST, _BRIGHTER = (-0.25, 0.6), (-25.0, 35.0)
"""Logarithm of how much harder the light is, and by how many levels of 255 the face is brighter."""
_ACROSS, _DOWN = 0.3, 0.2
"""Standard deviations of the logarithm of the light between the middle and the edge of a crop."""
_SHARPENED, _MOST = 0.5, 1.5
"""The share of those whose edges are sharpened, and by how much of what is fine at most."""
_FINE = 1.0
"""Pixels of the blur beside which something is fine."""


@dataclass(frozen=True, slots=True)
class Light:
    """By what factor the light is harder, by how many levels brighter, how it falls, and how sharp the edges are."""

    contrast: float
    brighter: float
    across: float
    down: float
    sharpened: float

    @classmethod
    def drawn(cls, random: np.random.Generator, share: float) -> "Light | None":
        """Draw another light, or None where a photo stays in its own: all but a ``share`` do."""
        if not share or random.random() >= share:
            return None
        return cls(
            float(np.exp(random.uniform(*_CONTRAST))),
            random.uniform(*_BRIGHTER),
            random.normal(0, _ACROSS),
            random.normal(0, _DOWN),
            random.uniform(0, _MOST) if random.random() < _SHARPENED else 0.0,
        )

    def on(self, crop: NDArray[np.uint8], mean: float) -> NDArray[np.uint8]:
        """Return a crop ``[s, s, 3]`` in this light, which leaves a level of ``mean`` as bright as the others."""
        lit = crop.astype(np.float32)
        if self.sharpened:
            lit += self.sharpened * (lit - cv2.GaussianBlur(lit, (0, 0), _FINE))
        at = np.linspace(-1, 1, len(crop), dtype=np.float32)
        falls = np.exp(self.down * at)[:, None] * np.exp(self.across * at)[None]
        lit = mean + self.contrast * (lit * falls[..., None] - mean) + self.brighter
        return np.asarray(np.clip(np.rint(lit), 0, 255), np.uint8)
