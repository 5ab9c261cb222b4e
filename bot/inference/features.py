"""Sees pictures by a bundle's feature network: what is alike has rows that are alike. Knows nothing of what was taught.

Rows of two networks must never be compared, so each network has a key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Bundle, BundleError, Model, Role, features_signature
from bot.inference.session import Graph, Provider, open_promised

Picture = NDArray[np.uint8]
Features = NDArray[np.float32]
_TRIAL_SEED = 7
_LARGEST_SIDE, _WIDEST = 512, 4096


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a product of two rows is read; measured for each network.

    From ``threshold`` on two pictures are rather of the same thing, ``sharpness`` is by how many nats a step of 1 makes
    it more likely, and from ``same`` on they are one picture, saved anew.
    """

    sharpness: float
    threshold: float
    same: float

    @classmethod
    def of(cls, metrics: Mapping[str, float]) -> Self:
        """Return that of a network.

        Raises:
            KeyError: it is not among its metrics.
            ValueError: it makes no sense.
        """
        likeness = cls(metrics["sharpness"], metrics["threshold"], metrics["same"])
        if not (likeness.sharpness > 0 and 0 < likeness.threshold < likeness.same <= 1):
            raise ValueError(likeness)
        return likeness


class FeatureNetwork:
    """A bundle's feature network. ``key`` stands for it, ``width`` is how many numbers it gives of a picture."""

    def __init__(self, graph: Graph, key: str, side: int, width: int, likeness: Likeness) -> None:
        """Take the open graph and what is known of it; :func:`open_features` does."""
        self._graph, self._side = graph, side
        self.key, self.width, self.likeness = key, width, likeness

    def of(self, pictures: Sequence[Picture]) -> Features:
        """Return a row ``[width]`` of unit length for each of the RGB ``pictures``, whatever their shape."""
        squares = [_square(picture, self._side) for picture in pictures]
        # One at a time: together they would take as long, and several times the memory.
        return np.concatenate([self._graph.run(square[None]) for square in squares])


def _square(picture: Picture, side: int) -> Picture:
    """Return the middle of a picture, as large as it may be, with ``side`` pixels a side."""
    import cv2

    height, width = picture.shape[:2]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    middle = picture[top : top + short, left : left + short]
    way = cv2.INTER_AREA if short > side else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(middle, (side, side), interpolation=way), np.uint8)


def open_features(bundle: Bundle, provider: Provider = "auto") -> FeatureNetwork | None:
    """Open the bundle's feature network, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, or nobody measured how to read it.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.FEATURES).values():
        return _opened(bundle, model, provider)
    return None


def _opened(bundle: Bundle, model: Model, provider: Provider) -> FeatureNetwork:
    side, width = _sizes(model)
    try:
        likeness = Likeness.of(model.metrics)
    except (KeyError, ValueError) as error:
        raise BundleError(f"{model.graph.name} does not say what is alike ({error}): export it again.") from error
    noise = np.random.default_rng(_TRIAL_SEED).integers(0, 256, (1, side, side, 3), np.uint8)
    graph = open_promised(bundle, model, provider, features_signature(side, width), (noise,))
    return FeatureNetwork(graph, model.graph.sha256, side, width, likeness)


def _sizes(model: Model) -> tuple[int, int]:
    """Return the side of the pictures and the width of the rows, as the manifest says."""
    try:
        (pictures,), (features,) = model.inputs, model.outputs
        (_, side, _, _), (_, width) = pictures.shape, features.shape
        if isinstance(side, int) and isinstance(width, int) and 0 < side <= _LARGEST_SIDE and 0 < width <= _WIDEST:
            return side, width
    except ValueError:
        pass
    raise BundleError(f"{model.graph.name} promises no squares in and no rows out: export it again.")
