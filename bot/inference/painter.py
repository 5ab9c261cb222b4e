"""Paints photos in a bundle's styles, in mixtures of them, or as any other picture is painted.

Knows nothing of files, of faces, or of who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from bot.bundle import (
    READ_SIDE,
    STYLE_WIDTH,
    Bundle,
    BundleError,
    Model,
    Role,
    Style,
    open_styles,
    style_painter_signature,
    style_reader_signature,
    styles_signature,
)
from bot.bundle.styles import MOST_STYLES
from bot.inference.session import Graph, Provider, open_promised

Picture = NDArray[np.uint8]
ReadStyle = NDArray[np.float32]

_STEP, _SMALLEST = 4, 32
"""What the sides of what a graph paints are divisible by, and at least."""
_BRUSH_SIDE = 512
"""Pixels of the longer side at which pictures are painted as others: at more the strokes are too fine for the whole."""
_GRAIN, _MORE_GRAIN, _GRAIN_SEED = 3, 5, 7
"""The most that noise adds, in steps of 255: where a photo is quite even there would be stripes and no strokes. What
paints as another picture needs more, since its weights have 8 bits."""
_TRIAL_SEED, _TRIAL_SIDE = 7, 32


@dataclass(frozen=True, slots=True)
class _Styles:
    """A graph that has styles of its own, and which: the first stands at so many among all."""

    graph: Graph
    styles: tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class _AnyStyle:
    """What reads the style of any picture, and what paints in it."""

    reader: Graph
    painter: Graph


class Painter:
    """A bundle's styles. ``styles`` are those that it has by name."""

    def __init__(self, models: tuple[_Styles, ...], any_style: _AnyStyle | None) -> None:
        """Take what was opened; :func:`open_painter` does."""
        self._models, self._any = models, any_style
        self.styles = tuple(style for model in models for style in model.styles)

    @property
    def reads_any(self) -> bool:
        """Whether any picture can be a style."""
        return self._any is not None

    def painted(self, photo: Picture, mixture: Mapping[str, float]) -> Picture:
        """Return a photo painted in a mixture of styles, as much of each as its key has weight.

        Raises:
            ValueError: none of them is one of the bundle's.
        """
        total, result, grainy = 0.0, np.zeros(photo.shape, np.float32), _grainy(photo, _GRAIN)
        for model in self._models:
            weights = np.array([mixture.get(style.key, 0.0) for style in model.styles], np.float32)
            if share := float(weights.sum()):
                # Styles of one network are mixed before it paints, those of several in what they have painted.
                result += share * _within(model.graph, grainy, weights / np.float32(share))
                total += share
        if not total:
            raise ValueError(f"none of {', '.join(mixture) or 'no styles'} is here")
        return np.asarray(np.rint(result / total), np.uint8)

    def painted_as(self, photo: Picture, picture: Picture, share: float = 1.0) -> Picture:
        """Return a photo painted as another picture is; with less than all of it, so much nearer to its own style.

        Raises:
            ValueError: the bundle has what it needs for that not.
        """
        import cv2

        if self._any is None:
            raise ValueError("no picture can be a style here")
        style = share * self._read(picture)
        if share < 1:
            style += (1 - share) * self._read(photo)
        scale = min(1.0, _BRUSH_SIDE / max(photo.shape[:2]))
        height, width = (max(1, round(side * scale)) for side in photo.shape[:2])
        small = np.asarray(cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        painting = _within(self._any.painter, _grainy(small, _MORE_GRAIN), style)
        size = (photo.shape[1], photo.shape[0])
        return np.asarray(cv2.resize(painting, size, interpolation=cv2.INTER_CUBIC), np.uint8)

    def _read(self, picture: Picture) -> ReadStyle:
        import cv2

        reader = self._any.reader if self._any else None
        if reader is None:
            raise ValueError("no picture can be a style here")
        side = min(picture.shape[:2])
        top, left = ((length - side) // 2 for length in picture.shape[:2])
        square = picture[top : top + side, left : left + side]
        how = cv2.INTER_AREA if side > READ_SIDE else cv2.INTER_CUBIC
        return reader.run(np.asarray(cv2.resize(square, (READ_SIDE, READ_SIDE), interpolation=how)))


def _grainy(photo: Picture, most: int) -> Picture:
    """Return a photo with noise in its light and shade, the same for each of its size."""
    noise = np.random.default_rng(_GRAIN_SEED).integers(-most, most + 1, (*photo.shape[:2], 1), np.int8)
    return np.asarray(np.clip(photo.astype(np.int16) + noise, 0, 255), np.uint8)


def _within(graph: Graph, photo: Picture, style: NDArray[np.float32]) -> Picture:
    """Return what a graph paints of a photo of any size: beyond its edge it is repeated."""
    height, width, _ = photo.shape
    rows, columns = (max(_SMALLEST, _STEP * ceil(side / _STEP)) - side for side in (height, width))
    padded = np.pad(photo, ((0, rows), (0, columns), (0, 0)), mode="edge")
    (painting,) = graph.run_all(padded, style)
    return painting[:height, :width]


def open_painter(bundle: Bundle, provider: Provider = "auto") -> Painter | None:
    """Open the bundle's styles, or return None where it has none.

    Raises:
        BundleError: a graph or the names of its styles cannot be opened or break the contract, or one style is there
            twice.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    models = tuple(_styles(bundle, model, provider) for model in bundle.manifest.of_role(Role.STYLES).values())
    keys = [style.key for model in models for style in model.styles]
    if len(set(keys)) != len(keys):
        raise BundleError("The bundle has two styles of one name: export it again.")
    return Painter(models, _any_style(bundle, provider)) if models else None


def _styles(bundle: Bundle, model: Model, provider: Provider) -> _Styles:
    count = model.inputs[-1].shape[0] if model.inputs and model.inputs[-1].shape else None
    if model.data is None or not isinstance(count, int) or not 0 < count <= MOST_STYLES:
        raise BundleError(f"{model.graph.name} is no graph of styles: export the bundle again.")
    styles = open_styles(bundle.path(model.data), count)
    trial = _noise(_TRIAL_SIDE), np.full(count, 1 / count, np.float32)
    return _Styles(open_promised(bundle, model, provider, styles_signature(count), trial), styles)


def _any_style(bundle: Bundle, provider: Provider) -> _AnyStyle | None:
    readers, painters = (
        list(bundle.manifest.of_role(role).values()) for role in (Role.STYLE_READER, Role.STYLE_PAINTER)
    )
    if not readers and not painters:
        return None
    if not readers or not painters:
        raise BundleError("The bundle reads any style and paints in none, or the other way round: export it again.")
    style = np.random.default_rng(_TRIAL_SEED).random(STYLE_WIDTH, np.float32)
    reader = open_promised(bundle, readers[0], provider, style_reader_signature(), (_noise(READ_SIDE),))
    trial = _noise(_TRIAL_SIDE), style
    return _AnyStyle(reader, open_promised(bundle, painters[0], provider, style_painter_signature(), trial))


def _noise(side: int) -> Picture:
    return np.random.default_rng(_TRIAL_SEED).integers(0, 256, (side, side, 3), np.uint8)
