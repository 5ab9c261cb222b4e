"""The methods by which a face in a photo can be made to smile: an editor, and a bundle's generator, carried or decoded.

They do what the bot does, with the same code for pixels, so that what is measured is what a member sees. Knows nothing
of who judges.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from bot.bundle import Bundle, BundleError, Direction, Directions, LearntFrom, Model, Role
from bot.bundle.manifest import MANIFEST
from bot.photos import (
    EYES,
    SHOWN,
    Eyes,
    Located,
    carry,
    crop,
    editing,
    enlarged,
    lay_back,
    natural_size,
    resized,
)
from bot.photos.editing import Editor, Fields
from training.common.errors import FacesError
from training.faces.editor.network import EditorNetwork
from training.faces.editor.run import EditorRun, load_network

Picture = NDArray[np.uint8]
Change = Callable[[Picture, Located, float], Picture]
"""From a photo, the face in it and a member's strength to the photo with that face changed."""

EDITOR, CARRIED, DECODED = "editor", "carried", "decoded"
_SMILE = "Smiling"
_MEMBERS = 0.5
"""An editor's own strength for a member's of 1."""
_LARGEST = 1024
"""Pixels of the side of a crop that a change is carried onto, at most: the bot's own."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to change a photo, by name; ``labelled`` where the expression network labelled what it learnt from."""

    name: str
    change: Change
    labelled: bool = False


def methods_of(folder: Path) -> tuple[Method, ...]:
    """Return every method of an editor's run folder, finished or not, or of a bundle.

    Raises:
        FacesError: it is neither, or the bundle cannot make a photo smile.
        RunError: the run is damaged.
    """
    if not (folder / MANIFEST).is_file():
        return (Method(EDITOR, partial(_edited, _of_network(load_network(EditorRun(folder)))), labelled=True),)
    try:
        bundle = Bundle.open(folder)
        others = _generators(bundle)
        methods = (*_editors(bundle, others[0].change if others else _unchanged), *others)
    except (BundleError, OSError) as error:
        raise FacesError(str(error)) from error
    if not methods:
        raise FacesError(f"The bundle in {folder} has nothing that makes a photo smile: export an editor into it.")
    return methods


def _edited(editor: Editor, pixels: Picture, face: Located, strength: float, eyes: Eyes | None = None) -> Picture:
    return editing.change(pixels, face, strength, editor, eyes or EYES)


def _of_network(network: EditorNetwork) -> Editor:
    def answer(view: Picture, strength: float) -> Fields:
        batch = torch.from_numpy(view)[None].permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            fields = network(batch, torch.full((1, 1), strength * _MEMBERS))
        return Fields(*(np.ascontiguousarray(field[0].permute(1, 2, 0).numpy()) for field in fields))

    return answer


def _editors(bundle: Bundle, less: Change) -> tuple[Method, ...]:
    """Return the bundle's editor, with ``less`` in its place below 0 where it does not work both ways."""

    def method(model: Model) -> Method:
        graph = _graph(bundle, model)

        def answer(view: Picture, strength: float) -> Fields:
            feed = {"window": view[None], "strength": np.array([[strength]], np.float32)}
            fields = graph.run(["flow", "shade", "alpha", "colour"], feed)
            return Fields(*(field[0] for field in fields))

        more = partial(_edited, answer, eyes=None if model.crop is None else model.crop.eyes)

        def change(pixels: Picture, face: Located, strength: float) -> Picture:
            return (more if strength >= 0 or model.both_ways else less)(pixels, face, strength)

        return Method(EDITOR, change, labelled=True)

    return tuple(method(model) for model in bundle.manifest.of_role(Role.EDITOR).values())


def _unchanged(pixels: Picture, _: Located, __: float) -> Picture:
    return pixels


def _generators(bundle: Bundle) -> tuple[Method, ...]:
    """Return both methods of the generator with an encoder: of those that have seen photos, whose smile works best."""
    redrawn = [
        each for each in map(partial(_redrawing, bundle), bundle.manifest.of_role(Role.ENCODER).values()) if each
    ]
    if not redrawn:
        return ()
    best = max(redrawn, key=lambda each: (not each.saw_drawn_only, each.direction.measured.get("flips_2", 0.0)))
    return (Method(CARRIED, partial(_laid_back, best, True)), Method(DECODED, partial(_laid_back, best, False)))


@dataclass(frozen=True, slots=True)
class _Redrawing:
    """A generator with its encoder, and its direction towards a smile."""

    encoder: "onnxruntime.InferenceSession"
    generator: "onnxruntime.InferenceSession"
    direction: Direction
    size: int
    eyes: Eyes
    saw_drawn_only: bool

    def drawn(self, face: Picture, strength: float) -> tuple[Picture, Picture]:
        """Return an aligned crop as it is decoded, and with ``strength`` more of a smile."""
        (latent,) = self.encoder.run(["z"], {"image": resized(face, self.size)[None]})
        step = np.asarray(self.direction.vector, np.float32) * np.float32(strength * self.direction.spread)
        (both,) = self.generator.run(["image"], {"z": np.concatenate([latent, latent + step])})
        return both[0], both[1]


def _redrawing(bundle: Bundle, encoder: Model) -> _Redrawing | None:
    generator = bundle.model(encoder.generator or "")
    if generator.directions is None or generator.size is None or encoder.crop is None:
        return None
    smile = Directions.open(bundle.path(generator.directions)).by_attribute.get(_SMILE)
    if smile is None:
        return None
    return _Redrawing(
        _graph(bundle, encoder),
        _graph(bundle, generator),
        smile,
        generator.size,
        encoder.crop.eyes,
        generator.learnt_from is LearntFrom.DRAWN,
    )


def _laid_back(redrawing: _Redrawing, carried: bool, pixels: Picture, face: Located, strength: float) -> Picture:
    side = min(_LARGEST, max(SHOWN, natural_size(face, redrawing.eyes)))
    here = crop(pixels, face, side, redrawing.eyes)
    before, after = redrawing.drawn(here, strength)
    patch = carry(here, before, after, redrawing.eyes) if carried else after
    return lay_back(pixels, face, enlarged(patch, side), redrawing.eyes)


def _graph(bundle: Bundle, model: Model) -> "onnxruntime.InferenceSession":
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(bundle.path(model.graph)), options, providers=["CPUExecutionProvider"])
