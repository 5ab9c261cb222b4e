"""Takes noise and blur off a small face in a photo by a bundle's cleaner, and tells whether it knows such faces.

Knows nothing of who asks.
"""

import numpy as np

from bot import photos
from bot.bundle import Bundle, BundleError, Model, Role, cleaner_signature
from bot.inference.session import Graph, Provider, open_promised
from bot.photos import VERSION, Eyes, Located
from bot.photos.editing import Picture

LARGEST = 224
"""Pixels of the side of a crop up to which a face is small: some 110 across the face."""
_STEP, _SMALL = 4, 40
_NO_CROP, _NO_FACE = np.zeros((1, _STEP, _STEP, 3), np.uint8), np.zeros((1, _SMALL, _SMALL, 3), np.uint8)
_TRIAL_SEED = 7


class Cleaner:
    """A bundle's cleaner."""

    def __init__(self, graph: Graph, eyes: Eyes, strange: float) -> None:
        """Take the open graph, where the eyes lie in its crops, and from where a face is strange to it."""
        self._graph, self._eyes, self._strange = graph, eyes, strange

    def takes(self, face: Located) -> bool:
        """Return whether a face is as small as those that it learnt from; a larger one would lose what is fine."""
        return photos.natural_size(face, self._eyes) <= LARGEST

    def clean(self, pixels: Picture, face: Located, into: Picture | None = None) -> Picture:
        """Return a photo with a face clean, everything around it as it was; ``into`` is as of a patch laid back."""
        side = -(-photos.natural_size(face, self._eyes) // _STEP) * _STEP
        crop = photos.crop(pixels, face, side, self._eyes)
        clean = self._graph.run_all(crop[None], _NO_FACE)[0][0]
        return photos.lay_back(pixels, face, clean, self._eyes, into)

    def knows(self, pixels: Picture, face: Located) -> bool:
        """Return whether a face is of a kind that it has seen: if not, what is made of it may be of somebody else."""
        small = photos.crop(pixels, face, _SMALL, self._eyes)
        return float(self._graph.run_all(_NO_CROP, small[None])[1][0]) <= self._strange


def open_cleaner(bundle: Bundle, provider: Provider = "auto") -> Cleaner | None:
    """Open the bundle's cleaner, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, it does not say which faces are strange to it,
            or it knows faces that are cut out in another way than this bot's.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for name, model in bundle.manifest.of_role(Role.CLEANER).items():
        return _opened(bundle, name, model, provider)
    return None


def _opened(bundle: Bundle, name: str, model: Model, provider: Provider) -> Cleaner:
    if model.crop is None or model.crop.version != VERSION or "strange" not in model.metrics:
        raise BundleError(f"The cleaner {name} knows faces that were cut out in another way: export it again.")
    noise = np.random.default_rng(_TRIAL_SEED).integers(0, 256, (2, _SMALL, _SMALL, 3), np.uint8)
    graph = open_promised(bundle, model, provider, cleaner_signature(), (noise, noise))
    return Cleaner(graph, model.crop.eyes, model.metrics["strange"])
