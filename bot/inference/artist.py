"""Draws faces with a bundle's generators, changes them along its directions, and carries a change onto a photo's crop.

A photo's smile is left to the editor, where the bundle has one.

Knows nothing of files, of finding faces, or of who asks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot import photos
from bot.bundle import (
    Bundle,
    BundleError,
    Crop,
    Directions,
    LearntFrom,
    Manifest,
    Model,
    Role,
    encoder_signature,
    generator_signature,
)
from bot.inference.cleaner import Cleaner, open_cleaner
from bot.inference.editor import Editor, open_editor
from bot.inference.session import Graph, Provider, open_promised
from bot.photos import Eyes, Located

Picture = NDArray[np.uint8]
Latents = NDArray[np.float32]
How = Literal["carry", "decode"]
Edit = tuple[str, float]
"""An attribute, and how much more of it."""

_SMILE = "Smiling"
_APPEARANCE_MODEL = "aam"
_TRUNCATED, _FURTHEST, _FURTHEST_IN_PHOTOS = 0.7, 1.6, 2.0
"""How near to the mean an appearance model draws, and the strengths that none exceeds: its ways are straight, and lead
to puffed cheeks and grimaces by 2. Carried, less of them arrives, and by 3 there are white lips and lids."""
_LIGHT = 96.0
"""The mean level of a crop below which it is shown to a generator in more light: in the dark it draws what glows."""
_OPEN_MOUTH, _OPEN = "Mouth_Slightly_Open", 0.45
"""How far along its way a mouth is open already: opened further its teeth are torn. Of 60 photos of neutral people none
lies there, of 60 who smile six."""
_TRIAL_SEED = 7
_WIDEST, _LARGEST = 4096, 1024
"""Of a latent, and of a picture's side."""


@dataclass(frozen=True, slots=True)
class _Generator:
    graph: Graph
    family: str
    latent: int
    size: int
    directions: Directions
    kid: float
    saw_drawn_only: bool


@dataclass(frozen=True, slots=True)
class _Encoder:
    graph: Graph
    eyes: Eyes


class Artist:
    """A bundle's faces. ``generators`` are the names of those that it has."""

    def __init__(
        self,
        generators: Mapping[str, _Generator],
        encoders: Mapping[str, _Encoder],
        editor: Editor | None = None,
        cleaner: Cleaner | None = None,
    ) -> None:
        """Take what was opened, the encoders by their generators; :func:`open_artist` does."""
        self._generators, self._editor, self.cleaner = generators, editor, cleaner
        self._encoders = encoders
        self.generators = tuple(generators)

    @property
    def takes_photos(self) -> bool:
        """Whether a photo can be changed."""
        return bool(self._encoders)

    @property
    def of_photos(self) -> str:
        """The generator that photos are changed with: the best of those that have an encoder.

        Raises:
            ValueError: none has.
        """
        return min(self._encoders, key=self._rank)

    @property
    def eyes(self) -> Eyes:
        """Where the eyes have to lie in a crop for :meth:`change` and :meth:`encode`."""
        return self._encoders[self.of_photos].eyes

    @property
    def saw_drawn_faces_only(self) -> bool:
        """Whether what changes photos has learnt from drawn faces and no photo."""
        return self.takes_photos and self._generators[self.of_photos].saw_drawn_only

    @property
    def usual(self) -> str:
        """The generator for whoever names none: the best."""
        return min(self.generators, key=self._rank)

    def _rank(self, generator: str) -> tuple[bool, float, float]:
        """Order generators: first who has seen photos, whose smile works best, and what is nearest to photos."""
        known = self._generators[generator]
        return known.saw_drawn_only, -self._smiles(generator), known.kid

    @property
    def labels(self) -> dict[str, str]:
        """What to call each generator to members: its family; where that leaves it open, its size or its name too."""
        named = {name: (generator.family.upper(), generator.size) for name, generator in self._generators.items()}
        families = Counter(family for family, _ in named.values())
        sizes = Counter(named.values())
        return {
            name: family if families[family] == 1 else f"{family} {size if sizes[family, size] == 1 else name}"
            for name, (family, size) in named.items()
        }

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
        """Return what can be changed of a face that it draws."""
        directions = self._generators[generator].directions.by_attribute
        return tuple(name for name, direction in directions.items() if direction.drawn)

    @property
    def drawn_attributes(self) -> tuple[str, ...]:
        """What can be changed of a drawn face by some generator: first by the usual one."""
        best_first = sorted(self.generators, key=self._rank)
        return tuple(dict.fromkeys(name for generator in best_first for name in self.attributes(generator)))

    def drawer(self, attribute: str) -> str:
        """Return the best generator of those that can change the attribute.

        Raises:
            ValueError: none can.
        """
        able = [generator for generator in self.generators if attribute in self.attributes(generator)]
        return min(able, key=self._rank)

    @property
    def photo_attributes(self) -> tuple[str, ...]:
        """What can be changed of a photo: what was seen to work where it is carried, and a smile by the editor.

        Raises:
            ValueError: no generator changes photos.
        """
        directions = self._generators[self.of_photos].directions.by_attribute
        return tuple(name for name, direction in directions.items() if direction.photos or self.edits(name, 0))

    def latent(self, seed: int, generator: str) -> Latents:
        """Return a fresh latent ``[1, latent]`` from the standard normal, the same for the same seed.

        An appearance model's is nearer to the mean, where fewer faces are blotchy (the truncation trick).
        """
        latent = _standard_normal(seed, self._generators[generator].latent)
        return latent * np.float32(_TRUNCATED) if self._is_appearance_model(generator) else latent

    def draw(self, latents: Latents, generator: str) -> Picture:
        """Return pictures ``[n, size, size, 3]`` of ``latents [n, latent]``."""
        return self._generators[generator].graph.run(latents)

    def moved(self, latents: Latents, attribute: str, strength: float, generator: str) -> Latents:
        """Return ``latents`` with ``strength`` more of the attribute."""
        direction = self._generators[generator].directions.by_attribute[attribute]
        step = np.asarray(direction.vector, np.float32) * np.float32(strength * direction.spread)
        return np.asarray(latents + step, np.float32)

    def varied(self, seed: int, attribute: str, strengths: Sequence[float], generator: str) -> Picture:
        """Return the face of ``seed`` with each strength of the attribute: pictures ``[n, size, size, 3]``.

        With an appearance model the strengths level off, so that the strongest is still a face.
        """
        latent = self.latent(seed, generator)
        strengths = [self._levelled(strength, generator, _FURTHEST) for strength in strengths]
        moved = [self.moved(latent, attribute, strength, generator) for strength in strengths]
        return self.draw(np.concatenate(moved), generator)

    def _levelled(self, strength: float, generator: str, furthest: float) -> float:
        """Return an appearance model's strength below ``furthest``, another's as it is."""
        return furthest * float(np.tanh(strength / furthest)) if self._is_appearance_model(generator) else strength

    def _is_appearance_model(self, generator: str) -> bool:
        return self._generators[generator].family == _APPEARANCE_MODEL

    def smiling(self, seed: int, strength: float = 1.5) -> Picture | None:
        """Return a smiling face of nobody ``[size, size, 3]``, or None where these faces cannot smile."""
        generator = self.usual
        if _SMILE not in self.attributes(generator):
            return None
        picture: Picture = self.varied(seed, _SMILE, [strength], generator)[0]
        return picture

    def encode(self, faces: Picture) -> Latents:
        """Return the latents ``[n, latent]`` of aligned crops ``[n, m, m, 3]`` of any size."""
        generator = self.of_photos
        small = np.stack([photos.resized(face, self.size(generator)) for face in faces])
        return self._encoders[generator].graph.run(small)

    def edits(self, attribute: str, strength: float) -> bool:
        """Return whether it is the editor that changes a photo so, and no generator."""
        return self._editor is not None and attribute == _SMILE and (strength >= 0 or self._editor.both_ways)

    def change_photo(self, pixels: Picture, face: Located, strength: float, into: Picture | None = None) -> Picture:
        """Return a photo whose ``face`` smiles, or smiles less, by the editor, everything else in it as it was.

        ``into`` is as of :func:`bot.photos.editing.edited`.

        Raises:
            ValueError: there is no editor.
        """
        if self._editor is None:
            raise ValueError("the bundle has no editor")
        return self._editor.smile(pixels, face, strength, into)

    def change(self, face: Picture, attribute: str, strengths: tuple[float, ...], how: How = "carry") -> list[Picture]:
        """Return the aligned crop ``face [n, n, 3]`` with each strength of the attribute.

        ``carry`` bends the photo itself and keeps its size, where it is a smile by the editor; ``decode`` gives what
        the decoder draws instead.
        """
        edited = {strength for strength in strengths if how == "carry" and self.edits(attribute, strength)}
        others = [((attribute, strength),) for strength in strengths if strength not in edited]
        drawn = iter(self.redrawn(face, others, how) if others else ())
        here = photos.standard(len(face), self.eyes)
        return [self.change_photo(face, here, each) if each in edited else next(drawn) for each in strengths]

    def redrawn(self, face: Picture, edits: Sequence[Sequence[Edit]], how: How = "carry") -> list[Picture]:
        """Return the aligned crop ``face [n, n, 3]`` with all of the first edits together, of the second, and so on.

        By the generator, which knows every attribute. What is carried onto a face whose mouth cannot be seen, or that
        is drawn, would smear it: ``face`` itself comes back, as where a mouth that is open is to open.
        """
        if how == "carry" and self._leaves_alone(face):
            return [face] * len(edits)
        # What is carried is toned as the photo is, so of one in the dark the generator may see more.
        seen = photos.lit(face, _LIGHT)[0] if how == "carry" else face
        latent, generator = self.encode(seen[None]), self.of_photos
        if how == "carry":
            edits = [[edit for edit in group if not self._is_open_already(latent, edit)] for group in edits]
        moved = (reduce(partial(self._further, generator), group, latent) for group in edits)
        before, *after = self.draw(np.concatenate([latent, *moved]), generator)
        if how == "decode":
            return after
        carried = partial(photos.carry, face, before, eyes=self.eyes)
        return [carried(drawing) if group else face for group, drawing in zip(edits, after, strict=True)]

    def _is_open_already(self, latent: Latents, edit: Edit) -> bool:
        """Return whether an edit is to open a mouth that is open; only an appearance model tears it."""
        attribute, strength = edit
        if attribute != _OPEN_MOUTH or strength <= 0 or not self._is_appearance_model(self.of_photos):
            return False
        way = self.moved(latent, attribute, 1.0, self.of_photos) - latent
        return float((latent * way).sum() / np.square(way).sum()) > _OPEN

    def _further(self, generator: str, latents: Latents, edit: Edit) -> Latents:
        attribute, strength = edit
        return self.moved(latents, attribute, self._levelled(strength, generator, _FURTHEST_IN_PHOTOS), generator)

    def _leaves_alone(self, face: Picture) -> bool:
        """Return whether an aligned crop is left as it is; to who has learnt from drawings, a drawing is a face."""
        if self._editor is None or self.saw_drawn_faces_only:
            return False
        return not self._editor.sees_mouth(face, self.eyes)


def open_artist(bundle: Bundle, provider: Provider = "auto") -> Artist | None:
    """Open the bundle's generators and encoders, or return None where it has no faces.

    Raises:
        BundleError: a graph or its directions cannot be opened or break the contract, one lacks another, or an encoder
            has learnt from faces that were cut out in another way than this bot's.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    drawn_by = {
        name: _generator(bundle, model, provider) for name, model in bundle.manifest.of_role(Role.GENERATOR).items()
    }
    encoders: dict[str, _Encoder] = {}
    for name, model in bundle.manifest.of_role(Role.ENCODER).items():
        generator = drawn_by.get(model.generator or "")
        if generator is None:
            raise BundleError(f"The bundle has the encoder {name} and not its generator: export it again.")
        encoders[str(model.generator)] = _encoder(bundle, name, model, generator, provider)
    if not drawn_by:
        return None
    return Artist(drawn_by, encoders, open_editor(bundle, provider), open_cleaner(bundle, provider))


def _generator(bundle: Bundle, model: Model, provider: Provider) -> _Generator:
    latent, size = _sizes(model)
    trial = (_standard_normal(_TRIAL_SEED, latent),)
    graph = open_promised(bundle, model, provider, generator_signature(latent, size), trial)
    directions = Directions(latent, {})
    if model.directions is not None:
        directions = Directions.open(bundle.path(model.directions))
    _check_directions(directions, model.graph.name, latent, bundle.manifest)
    offered = [name for name in bundle.manifest.attributes if name in directions.by_attribute]
    directions = Directions(latent, {name: directions.by_attribute[name] for name in offered})
    kid = model.metrics.get("kid", float("inf"))
    is_drawn = model.learnt_from is LearntFrom.DRAWN
    return _Generator(graph, str(model.family), latent, size, directions, kid, is_drawn)


def _check_directions(directions: Directions, graph: str, latent: int, manifest: Manifest) -> None:
    if directions.latent != latent:
        raise BundleError(
            f"The directions of {graph} are {directions.latent} wide, its latent is {latent}: export the bundle again."
        )
    unknown = sorted(directions.by_attribute.keys() - {*manifest.attributes})
    if unknown:
        raise BundleError(
            f"The directions of {graph} lead towards {unknown[0]!r}, which is none of the bundle's attributes: "
            "export it again."
        )


def _standard_normal(seed: int, width: int) -> Latents:
    return np.random.Generator(np.random.PCG64(seed)).standard_normal((1, width)).astype(np.float32)


def _encoder(bundle: Bundle, name: str, model: Model, decoder: _Generator, provider: Provider) -> _Encoder:
    noise = np.random.default_rng(_TRIAL_SEED).integers(0, 256, (1, decoder.size, decoder.size, 3), np.uint8)
    graph = open_promised(bundle, model, provider, encoder_signature(decoder.size, decoder.latent), (noise,))
    return _Encoder(graph, _eyes(name, model.crop))


def _eyes(name: str, crop: Crop | None) -> Eyes:
    """Return where the eyes lie in the crops that an encoder knows: any place will do, another way of cutting not."""
    if crop is not None and crop.version == photos.VERSION:
        return crop.eyes
    raise BundleError(
        f"The encoder {name} has seen faces cut out in way {crop.version if crop else 0}, this bot cuts them in way "
        f"{photos.VERSION}: prepare the photos, train and export again with the bot's own version."
    )


def _sizes(model: Model) -> tuple[int, int]:
    """Return latent and size as the manifest promises them."""
    shapes = [tensor.shape for tensor in (*model.inputs, *model.outputs)]
    match shapes:
        case [(_, int(latent)), (_, int(size), _, _)] if latent <= _WIDEST and size <= _LARGEST and size == model.size:
            return latent, size
    raise BundleError(f"{model.graph.name} is no generator of faces: export the bundle again.")
