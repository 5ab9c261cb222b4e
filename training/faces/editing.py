"""How well a direction works, seen by a judge that had no part in finding it. Knows nothing of files."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES, Direction
from training.faces.classifier import Fitted
from training.faces.directions import Floats, moved

Draw = Callable[[Floats], torch.Tensor]
"""Takes latents ``[n, d]`` to float pictures ``[n, 3, s, s]``."""

STRENGTHS = (1, 2, 3)
_USUAL = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """What a judge sees in pictures: which attributes ``[n, 15]``, and its features ``[n, d]``."""

    has: NDArray[np.bool_]
    features: Floats

    @classmethod
    def of(cls, judge: Fitted, pictures: torch.Tensor) -> "Seen":
        """Look at float pictures."""
        return cls((judge.scores(pictures) > 0).numpy(), judge.features(pictures).numpy())


def judged(judge: Fitted, draw: Draw, latents: Floats, name: str, direction: Direction) -> dict[str, float]:
    """Return what becomes of faces ``latents`` that lack the attribute ``name``.

    ``flips_1`` to ``flips_3``: the share in which the judge sees it at that strength. ``others_2``: the largest share
    in which it sees any other attribute change. ``identity_2``: the mean cosine of its features before and after.
    """
    before = Seen.of(judge, draw(latents))
    after = {strength: Seen.of(judge, draw(moved(latents, direction, strength))) for strength in STRENGTHS}
    column = ATTRIBUTES.index(name)
    flips = {f"flips_{strength}": float(seen.has[:, column].mean()) for strength, seen in after.items()}
    changed = (before.has != after[_USUAL].has).mean(0)
    others = float(np.delete(changed, column).max())
    return flips | {"others_2": others, "identity_2": cosine(before.features, after[_USUAL].features)}


def cosine(one: Floats, other: Floats) -> float:
    """Return the mean cosine of the rows."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(1) / np.maximum(lengths, 1e-9)).mean())
