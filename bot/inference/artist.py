"""Draws faces with a bundle's generators, changes them along its directions, and carries a change onto a photo's crop.

Knows nothing of files, of finding faces, or of who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.bundle import (
    ENCODER,
    GENERATORS,
    Bundle,
    BundleError,
    Directions,
    Model,
    Tensor,
    encoder_signature,
    generator_signature,
)
from bot.inference.session import Graph, Provider, compare, open_graph, tried
from bot.photos import carry, crop, standard

Picture = NDArray[np.uint8]
Latents = NDArray[np.float32]
How = Literal["carry", "decode"]

_SMILE = "Smiling"
_TRIAL_SEED = 7
_WIDEST, _LARGEST = 4096, 1024
"""Of a latent, and of a picture's side."""
PHOTO = "vae"
"""The generator that an encoder leads to."""


@dataclass(frozen=True, slots=True)
class _Generator:
    graph: Graph
    latent: int
    size: int
    directions: Directions
    kid: float
    saw_drawn_only: bool


class Artist:
    """A bundle's faces. ``generators`` are those it has, of ``vae``, ``dcgan`` and ``wgan_gp``."""

    def __init__(self, generators: Mapping[str, _Generator], encoder: Graph | None) -> None:
        """Take what was opened; :func:`open_artist` does."""
        self._generators = generators
        self._encoder = encoder
        self.generators = tuple(generators)

    @property
    def takes_photos(self) -> bool:
        """Whether a photo can be changed."""
        return self._encoder is not None

    @property
    def saw_drawn_faces_only(self) -> bool:
        """Whether what changes photos has learnt from drawn faces and no photo."""
        return self.takes_photos and self._generators[PHOTO].saw_drawn_only

    @property
    def usual(self) -> str:
        """The generator for whoever names none: whose smile a judge saw work best; of equals, the nearest to photos."""
        return min(self.generators, key=lambda name: (-self._smiles(name), self._generators[name].kid))

    def _smiles(self, generator: str) -> float:
        """Return how often its smile came, less how often something else came along; -1 or less where it has none."""
        smile = self._generators[generator].directions.by_attribute.get(_SMILE)
        if smile is None:
            return -1.0 if self.attributes(generator) else -2.0
        return smile.measured.get("flips_2", 0.0) - smile.measured.get("others_2", 0.0)

    def size(self, generator: str) -> int:
        """Return the side of a drawn picture in pixels."""
        return self._generators[generator].size

    def attributes(self, generator: str) -> tuple[str, ...]:
        """Return what can be changed."""
        return tuple(self._generators[generator].directions.by_attribute)

    def latent(self, seed: int, generator: str) -> Latents:
        """Return a fresh latent ``[1, latent]`` from the standard normal, the same for the same seed."""
        return _standard_normal(seed, self._generators[generator].latent)

    def draw(self, latents: Latents, generator: str) -> Picture:
        """Return pictures ``[n, size, size, 3]`` of ``latents [n, latent]``."""
        return self._generators[generator].graph.run(latents)

    def moved(self, latents: Latents, attribute: str, strength: float, generator: str) -> Latents:
        """Return ``latents`` with ``strength`` more of the attribute."""
        direction = self._generators[generator].directions.by_attribute[attribute]
        step = np.asarray(direction.vector, np.float32) * np.float32(strength * direction.spread)
        return np.asarray(latents + step, np.float32)

    def smiling(self, seed: int, strength: float = 1.5) -> Picture | None:
        """Return a smiling face of nobody ``[size, size, 3]``, or None where these faces cannot smile."""
        generator = self.usual
        if _SMILE not in self.attributes(generator):
            return None
        drawn: Picture = self.draw(self.moved(self.latent(seed, generator), _SMILE, strength, generator), generator)[0]
        return drawn

    def encode(self, faces: Picture) -> Latents:
        """Return the latents ``[n, latent]`` of aligned crops ``[n, m, m, 3]`` of any size."""
        if self._encoder is None:
            raise ValueError("this bundle has no encoder")
        size = self.size(PHOTO)
        small = np.stack([crop(face, standard(len(face)), size) for face in faces])
        return self._encoder.run(small)

    def change(self, face: Picture, attribute: str, strengths: tuple[float, ...], how: How = "carry") -> list[Picture]:
        """Return the aligned crop ``face [n, n, 3]`` with each strength of the attribute.

        ``carry`` bends the photo itself and keeps its size; ``decode`` gives what the decoder draws instead.
        """
        latent = self.encode(face[None])
        moved = [self.moved(latent, attribute, strength, PHOTO) for strength in (0.0, *strengths)]
        before, *after = self.draw(np.concatenate(moved), PHOTO)
        return [carry(face, before, each) for each in after] if how == "carry" else after


def open_artist(bundle: Bundle, provider: Provider = "auto") -> Artist | None:
    """Open the bundle's generators and encoder, or return None where it has no faces.

    Raises:
        BundleError: a graph or its directions cannot be opened or break the contract, or one lacks another.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    models = bundle.manifest.models
    found = {name: _generator(bundle, models[model], provider) for name, model in GENERATORS.items() if model in models}
    encoder = _encoder(bundle, models[ENCODER], found.get(PHOTO), provider) if ENCODER in models else None
    return Artist(found, encoder) if found else None


def _generator(bundle: Bundle, model: Model, provider: Provider) -> _Generator:
    latent, size = _sizes(model)
    _promise(model, generator_signature(latent, size))
    directions = Directions(latent, {})
    if model.directions is not None:
        directions = Directions.open(bundle.path(model.directions))
    if directions.latent != latent:
        raise BundleError(
            f"The directions of {model.graph.name} are {directions.latent} wide, its latent is {latent}: "
            "export the bundle again."
        )
    kid = model.metrics.get("kid", float("inf"))
    graph = open_graph(bundle, model, provider)
    tried(model.graph.name, graph, _standard_normal(_TRIAL_SEED, latent))
    return _Generator(graph, latent, size, directions, kid, model.learnt_from == "drawn")


def _standard_normal(seed: int, width: int) -> Latents:
    return np.random.Generator(np.random.PCG64(seed)).standard_normal((1, width)).astype(np.float32)


def _encoder(bundle: Bundle, model: Model, decoder: _Generator | None, provider: Provider) -> Graph:
    if decoder is None:
        raise BundleError("The bundle has an encoder of faces and no decoder: export it again.")
    _promise(model, encoder_signature(decoder.size, decoder.latent))
    graph = open_graph(bundle, model, provider)
    noise = np.random.default_rng(_TRIAL_SEED).integers(0, 256, (1, decoder.size, decoder.size, 3), np.uint8)
    tried(model.graph.name, graph, noise)
    return graph


def _sizes(model: Model) -> tuple[int, int]:
    """Return latent and size as the manifest promises them."""
    shapes = [tensor.shape for tensor in (*model.inputs, *model.outputs)]
    match shapes:
        case [(_, int(latent)), (_, int(size), _, _)] if latent <= _WIDEST and size <= _LARGEST:
            return latent, size
    raise BundleError(f"{model.graph.name} is no generator of faces: export the bundle again.")


def _promise(model: Model, signature: tuple[tuple[Tensor, ...], tuple[Tensor, ...]]) -> None:
    inputs, outputs = signature
    compare("manifest.json", "input", inputs, model.inputs)
    compare("manifest.json", "output", outputs, model.outputs)
