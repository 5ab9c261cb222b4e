"""Dreams of pictures (DeepDream, Mordvintsev et al. 2015): what a network sees in them, they are changed to show.

A dream climbs a gradient, from a small picture to larger ones ("octaves"). Each step is a question of the job, so that
others of the lane come in between, and a dream that nobody waits for any more ends. Knows nothing of who asks.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.bundle import COARSEST, DEPTHS, Bundle, Role, dream_signature
from bot.inference.batching import Job, Question
from bot.inference.session import Graph, Provider, open_promised

Picture = NDArray[np.uint8]
_Floats = NDArray[np.float32]

STRENGTHS = range(1, 6)
USUAL_STRENGTH = 3
SIDE, LARGEST = 384, 1024
"""Pixels of the longer side at which is dreamt, and to which what was dreamt is laid onto the picture."""
_MOVING_SIDE, FRAMES = 320, 20
_RATES = {"wave": 0.009, "eye": 0.0115, "dream": 0.01}
"""How far a step goes at the usual strength, in shares of full light."""
_STRONGER = 1.5
"""A step at one strength for a step at the one below it."""
_STEPS, _RATIO = (14, 12, 10, 8), 1.35
"""Steps in each octave, the smallest first, and how much larger the next one is."""
_MOVING_STEPS, _ZOOM = (2, 2), 1.04
_BLURS = (1, 3, 7)
"""Pixels over which a gradient is averaged, each of which counts alike: else what is finest would drown the rest."""
_COLOUR = 0.6
"""How much of the colours of a gradient is kept: all of it makes everything glaring."""
_JITTER, _NOISE, _NOTHING, _SEED = 16, 0.01, 1e-20, 7
"""Pixels by which the picture is shifted under the network's grid at each step; what a plain one has to begin with."""
_SMALLEST = 2 * COARSEST


@dataclass(frozen=True, slots=True)
class Dream:
    """What is to be dreamt: a depth of ``DEPTHS``, and how strongly, of ``STRENGTHS``."""

    depth: str = "eye"
    strength: int = USUAL_STRENGTH

    @property
    def rate(self) -> float:
        """How far a step goes."""
        return _RATES[self.depth] * _STRONGER ** (self.strength - USUAL_STRENGTH)


class Dreamer:
    """A bundle's dreams."""

    def __init__(self, graph: Graph) -> None:
        """Take the open graph; :func:`open_dreamer` does."""
        self._graph = graph

    def dreaming(self, picture: Picture, dream: Dream) -> Job[Picture]:
        """Return the job that dreams of a picture ``[h, w, 3]``; its result is the picture, ``LARGEST`` at most.

        It is at least as large as is dreamt, and a larger picture keeps what is finer than that.
        """
        rng, whole = np.random.default_rng(_SEED), _floats(picture)
        detail = rng.normal(0, _NOISE, (_SMALLEST, _SMALLEST, 3)).astype(np.float32)
        with _tidy(self._graph):
            for size, steps in zip(_octaves(whole, SIDE, len(_STEPS)), _STEPS, strict=True):
                base = _resized(whole, size)
                climbed = yield from self._climbed(base + _resized(detail, size), dream, steps, rng)
                detail = climbed - base
        shown = _resized(whole, _shown(whole))
        return _bytes(shown + _resized(detail, _shown(whole)))

    def falling(self, picture: Picture, dream: Dream) -> Job[list[Picture]]:
        """Return the job that falls into the dream of a picture: ``FRAMES`` pictures, of which it is the first."""
        rng, whole = np.random.default_rng(_SEED), _floats(picture)
        octaves = _octaves(whole, _MOVING_SIDE, len(_MOVING_STEPS))
        now = _resized(whole, octaves[-1])
        frames = [_bytes(now)]
        with _tidy(self._graph):
            while len(frames) < FRAMES:
                now = _nearer(now)
                for size, steps in zip(octaves, _MOVING_STEPS, strict=True):
                    small = _resized(now, size)
                    climbed = yield from self._climbed(small, dream, steps, rng)
                    now = (now + _resized(climbed - small, octaves[-1])).clip(0, 1)
                frames.append(_bytes(now))
        return frames

    def _climbed(self, picture: _Floats, dream: Dream, steps: int, rng: np.random.Generator) -> Job[_Floats]:
        """Return the job that goes ``steps`` up the gradient from a picture whose sides ``COARSEST`` divides."""
        for _ in range(steps):
            shift = rng.integers(-_JITTER, _JITTER + 1, 2)
            shifted = np.roll(picture, shift, (0, 1))
            (gradient,) = yield Question(self._gradients, [(shifted, dream.depth)])
            step = _evened(np.roll(gradient, -shift, (0, 1)))
            picture = (picture + dream.rate * step).clip(0, 1)
        return picture

    def _gradients(self, rows: Sequence[Any]) -> NDArray[Any]:
        """Return the gradient of each picture at its depth: they differ in size, so that each is asked by itself."""
        gradients = np.empty(len(rows), object)
        for at, (picture, depth) in enumerate(rows):
            gradients[at] = self._graph.run_all(picture, _weights(depth))[0]
        return gradients


def open_dreamer(bundle: Bundle, provider: Provider = "auto") -> Dreamer | None:
    """Open the bundle's dreams, or return None where it has none.

    Raises:
        BundleError: the graph cannot be opened or breaks the contract.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.DREAM).values():
        noise = np.random.default_rng(_SEED).random((_SMALLEST, _SMALLEST, 3), np.float32)
        trial = noise, np.ones(len(DEPTHS), np.float32)
        return Dreamer(open_promised(bundle, model, provider, dream_signature(), trial))
    return None


@contextmanager
def _tidy(graph: Graph) -> Iterator[None]:
    """Give back what the graph took for its largest picture: without an arena each step would take it anew."""
    try:
        yield
    finally:
        nothing = np.zeros((_SMALLEST, _SMALLEST, 3), np.float32)
        graph.run_all(nothing, np.zeros(len(DEPTHS), np.float32), is_last=True)


def _octaves(picture: _Floats, side: int, number: int) -> list[tuple[int, int]]:
    """Return the heights and widths at which is dreamt, the smallest first, the last with a longer side of ``side``."""
    height, width = picture.shape[:2]
    scales = [side / max(height, width) / _RATIO**octave for octave in reversed(range(number))]
    return [(_divisible(height * scale), _divisible(width * scale)) for scale in scales]


def _divisible(side: float) -> int:
    return max(_SMALLEST, round(side / COARSEST) * COARSEST)


def _shown(picture: _Floats) -> tuple[int, int]:
    height, width = picture.shape[:2]
    scale = min(max(1, SIDE / max(height, width)), LARGEST / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _evened(gradient: _Floats) -> _Floats:
    """Return a gradient in which what is fine and what is coarse count alike, with less of its colours."""
    import cv2

    grey = gradient.mean(2, keepdims=True)
    gradient = grey + _COLOUR * (gradient - grey)
    step = np.zeros_like(gradient)
    for size in _BLURS:
        smooth = cv2.blur(gradient, (size, size))
        step += smooth / (len(_BLURS) * (float(np.abs(smooth).mean()) + _NOTHING))
    return step


def _nearer(picture: _Floats) -> _Floats:
    """Return a picture from a little nearer its middle."""
    import cv2

    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), 0, _ZOOM)
    nearer = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(nearer, np.float32)


def _resized(picture: _Floats, size: tuple[int, ...]) -> _Floats:
    import cv2

    height, width = size[:2]
    way = cv2.INTER_AREA if height * width < picture.shape[0] * picture.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (width, height), interpolation=way), np.float32)


def _weights(depth: str) -> _Floats:
    return np.array([name == depth for name in DEPTHS], np.float32)


def _floats(picture: Picture) -> _Floats:
    return np.asarray(picture, np.float32) / np.float32(255)


def _bytes(picture: _Floats) -> Picture:
    return (picture.clip(0, 1) * 255 + 0.5).astype(np.uint8)
