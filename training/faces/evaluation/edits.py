"""How well a direction works, seen by a judge that had no part in finding it. Knows nothing of files."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES, Direction
from bot.photos import carry
from training.faces.attributes.classifier import Fitted
from training.faces.data.tensors import to_bytes
from training.faces.directions.class_difference import Floats, moved, untouched

Draw = Callable[[Floats], torch.Tensor]
"""Takes latents ``[n, d]`` to float pictures ``[n, 3, s, s]``."""

STRENGTHS, USUAL = (1, 2, 3), 2


@dataclass(frozen=True, slots=True)
class Seen:
    """What a judge sees in pictures: attributes ``[n, 15]``, of which it ``knows`` some, and features ``[n, d]``."""

    knows: NDArray[np.bool_]
    has: NDArray[np.bool_]
    features: Floats

    @classmethod
    def of(cls, judge: Fitted, pictures: torch.Tensor) -> "Seen":
        """Look at pictures, floats or bytes."""
        features = judge.features(pictures)
        with torch.inference_mode():
            return cls(judge.knows, (judge.network.last(features) > 0).numpy(), features.numpy())

    def since(self, before: "Seen", name: str) -> dict[str, float]:
        """Return what an edit towards ``name`` did.

        ``flips``: the share in which the attribute is seen now. ``others``: the largest share in which any other one
        changed. ``identity``: the mean cosine of the features before and after.
        """
        return {
            "flips": float(self.has[:, ATTRIBUTES.index(name)].mean()),
            "others": float((before.has != self.has)[:, untouched(name) & self.knows].mean(0).max(initial=0)),
            "identity": cosine(before.features, self.features),
        }


def judged(judge: Fitted, draw: Draw, latents: Floats, name: str, direction: Direction) -> dict[str, float]:
    """Return what becomes of drawn faces ``latents`` that lack the attribute ``name``.

    ``flips_1`` to ``flips_3``: the share in which the judge sees it at that strength; ``others_2`` and ``identity_2``
    of :meth:`Seen.since`, at the usual strength.
    """
    if not len(latents):
        return {}
    before = Seen.of(judge, draw(latents))
    after = {
        strength: Seen.of(judge, draw(moved(latents, direction, strength))).since(before, name)
        for strength in STRENGTHS
    }
    flips = {f"flips_{strength}": figures["flips"] for strength, figures in after.items()}
    return flips | {f"{figure}_{USUAL}": after[USUAL][figure] for figure in ("others", "identity")}


def on_photos(  # noqa: PLR0913, PLR0917 - who judges, what draws, and the photos with all that is known of them
    judge: Fitted, draw: Draw, photos: torch.Tensor, latents: Floats, name: str, direction: Direction
) -> dict[str, float]:
    """Return what becomes of ``photos [n, s, s, 3]`` that lack the attribute ``name``, in either way of changing one.

    ``decode_…`` of what the decoder draws, ``carry_…`` of the change carried onto the photo (:func:`bot.photos.carry`):
    the figures of :meth:`Seen.since` the photo itself, at the usual strength.
    """
    photo = Seen.of(judge, photos)
    before, after = draw(latents), draw(moved(latents, direction, USUAL))
    carried = [carry(*three) for three in zip(photos.numpy(), to_bytes(before), to_bytes(after), strict=True)]
    ways = {"decode": after, "carry": torch.from_numpy(np.stack(carried))}
    return {
        f"{way}_{figure}_{USUAL}": value
        for way, pictures in ways.items()
        for figure, value in Seen.of(judge, pictures).since(photo, name).items()
    }


def cosine(one: Floats, other: Floats) -> float:
    """Return the mean cosine of the rows."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(1) / np.maximum(lengths, 1e-9)).mean())
