"""A bundle with faces for tests, made without torch: a disc for a face, and a mouth that Smiling turns up.

The latent's first number is how light the face is, the second how much the mouth is turned up. The demo's words speak.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import (
    Bundle,
    Crop,
    Direction,
    Directions,
    File,
    LearntFrom,
    Manifest,
    Model,
    Role,
    editor_signature,
    encoder_signature,
    generator_signature,
    sha256_of,
)
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE
from bot.photos import EYES, VERSION, Eyes

SIZE, LATENT = 64, 4
ATTRIBUTES = ("Bangs", "Pale_Skin", "Smiling")


@dataclass(frozen=True, slots=True)
class Drawer:
    """A generator to write, and with it an encoder if ``takes_photos``; ``smiles``: how often its smile was seen."""

    name: str
    family: str
    size: int = SIZE
    kid: float = 0.2
    smiles: float = 1.0
    takes_photos: bool = False
    poor: Sequence[str] = ()
    """Attributes that were measured, and are not good enough for photos."""
    drawn: Sequence[str] | None = None
    """Attributes that work on what it draws, where not all do."""
    learnt_from: LearntFrom | None = None


def make(
    folder: Path,
    smiles: tuple[float, float] = (1.0, 1.0),
    *,
    more: Sequence[Drawer] = (),
    eyes: Eyes = EYES,
    attributes: Sequence[str] = ATTRIBUTES,
    edits: float = 0,
    poor: Sequence[str] = (),
) -> Path:
    """Write the bundle into ``folder`` and return it; ``smiles`` says how often those of VAE and DCGAN were seen.

    ``more`` are generators beside these two, ``eyes`` where they lie in the crops that encoders take. The first of the
    ``attributes`` is the latent's third number, the next its first, and the last the mouth. ``edits``: how much an
    editor lightens the mouth, and moves what is around it; there is none for 0. ``poor`` are attributes that the VAE
    cannot change in photos.
    """
    words = Bundle.open(DEMO_BUNDLE)
    folder.mkdir(parents=True)
    text = words.model("text")
    for file in text.files():
        shutil.copy(words.path(file), folder / file.name)
    vae, dcgan = Drawer("vae", "vae", smiles=smiles[0], takes_photos=True, poor=poor), Drawer("dcgan", "dcgan", kid=0.1)
    models = {"text": text}
    for drawer in (vae, replace(dcgan, smiles=smiles[1]), *more):
        models |= _faces(folder, drawer, Crop(VERSION, eyes), attributes)
    if edits:
        models["editor"] = write_editor(folder, Crop(VERSION, eyes), edits)
    manifest = Manifest({"made for": "tests"}, models, tuple(attributes))
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return folder


def _faces(folder: Path, drawer: Drawer, crop: Crop, attributes: Sequence[str]) -> dict[str, Model]:
    directions, graph = folder / f"{drawer.name}.directions.json", folder / f"{drawer.name}.onnx"
    directions.write_text(_directions(drawer, attributes).to_json(), encoding="utf-8")
    onnx.save(_generator(drawer.size), graph)
    generator = Model(
        Role.GENERATOR,
        _file(graph),
        *generator_signature(LATENT, drawer.size),
        {"kid": drawer.kid},
        family=drawer.family,
        size=drawer.size,
        directions=_file(directions),
        learnt_from=drawer.learnt_from,
    )
    if not drawer.takes_photos:
        return {drawer.name: generator}
    graph = folder / f"{drawer.name}-encoder.onnx"
    onnx.save(_encoder(drawer.size), graph)
    signature = encoder_signature(drawer.size, LATENT)
    encoder = Model(Role.ENCODER, _file(graph), *signature, {}, generator=drawer.name, crop=crop)
    return {drawer.name: generator, f"{drawer.name}-encoder": encoder}


def write_editor(folder: Path, crop: Crop, amount: float = 1) -> Model:
    """Write an editor into ``folder``, and return its entry."""
    graph = folder / "editor.onnx"
    onnx.save(_editor(amount), graph)
    return Model(Role.EDITOR, _file(graph), *editor_signature(), {}, crop=crop, learnt_from=LearntFrom.PHOTOS)


def change_manifest(folder: Path, change: "object") -> None:
    """Apply ``change`` to the manifest's content."""
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    change(content)  # type: ignore[operator]
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def _file(path: Path) -> File:
    return File(path.name, sha256_of(path))


def _directions(drawer: Drawer, attributes: Sequence[str]) -> Directions:
    def towards(attribute: str, axis: int) -> Direction:
        vector = tuple(float(index == axis) for index in range(LATENT))
        works = {"drawn": attribute in (drawer.drawn or attributes), "photos": attribute not in drawer.poor}
        return Direction(vector, 1.0, {"flips_2": drawer.smiles}, **works)

    axes = zip(reversed(attributes), (1, 0, 2), strict=True)
    return Directions(LATENT, {attribute: towards(attribute, axis) for attribute, axis in axes})


def _generator(size: int) -> onnx.ModelProto:
    """Draw z @ weights + face, clipped to bytes: linear, and enough to see what moved."""
    y, x = np.mgrid[0:size, 0:size] / size
    face = np.where((x - 0.5) ** 2 + (y - 0.55) ** 2 < 0.12, 170.0, 90.0)
    up = 60 * np.exp(-(((x - 0.5) / 0.16) ** 2) - ((y - 0.74) / 0.03) ** 2) * np.sign(0.74 - y)
    parts = np.stack([np.full_like(face, 15.0), up, np.where(y < 0.25, -40.0, 0), np.zeros_like(face)])
    weights = np.repeat(parts[..., None], 3, -1).reshape(LATENT, -1).astype(np.float32)
    base = np.repeat(face[..., None], 3, -1).reshape(1, -1).astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["z", "weights"], ["moved"]),
        helper.make_node("Add", ["moved", "base"], ["sum"]),
        helper.make_node("Clip", ["sum", "low", "high"], ["clipped"]),
        helper.make_node("Cast", ["clipped"], ["bytes"], to=TensorProto.UINT8),
        helper.make_node("Reshape", ["bytes", "shape"], ["image"]),
    ]
    constants = {
        "weights": weights,
        "base": base,
        "low": np.float32(0),
        "high": np.float32(255),
        "shape": np.array([-1, size, size, 3]),
    }
    return _model(nodes, constants, *generator_signature(LATENT, size))


def _encoder(size: int) -> onnx.ModelProto:
    """How light the picture is, in the first number; the rest is 0."""
    nodes = [
        helper.make_node("Cast", ["image"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["floats", "axes"], ["mean"], keepdims=0),
        helper.make_node("Sub", ["mean", "middle"], ["centred"]),
        helper.make_node("Unsqueeze", ["centred", "last"], ["column"]),
        helper.make_node("MatMul", ["column", "row"], ["z"]),
    ]
    row = np.zeros((1, LATENT), np.float32)
    row[0, 0] = 1 / 15
    constants = {"axes": np.array([1, 2, 3]), "middle": np.float32(120), "last": np.array([1]), "row": row}
    return _model(nodes, constants, *encoder_signature(size, LATENT))


def _editor(amount: float) -> onnx.ModelProto:
    """Every field as it is at a strength of 1, times the strength; the window is not looked at."""
    inputs, outputs = editor_signature()
    nodes = [
        helper.make_node("Cast", ["window"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["seen", "all"], ["most"], keepdims=1),
        helper.make_node("Mul", ["most", "nothing"], ["none"]),
        helper.make_node("Reshape", ["strength", "column"], ["amount"]),
        helper.make_node("Add", ["amount", "none"], ["times"]),
    ]
    constants = {"all": np.array([1, 2, 3]), "nothing": np.float32(0), "column": np.array([-1, 1, 1, 1])}
    for tensor in outputs:
        _, size, _, channels = map(int, ("0", *tensor.shape[1:]))
        y, x = (np.mgrid[0:size, 0:size] + 0.5) / size
        mouth = np.exp(-(((x - 0.5) / 0.15) ** 2) - ((y - 0.65) / 0.08) ** 2)
        mouth[np.hypot(x - 0.5, y - 0.65) > 0.3] = 0
        share = {"flow": 0.01, "shade": 0.1, "alpha": 0.3, "colour": 1.0}[tensor.name]
        constants[f"usual {tensor.name}"] = np.repeat(amount * share * mouth[..., None], channels, -1).astype(
            np.float32
        )[None]
        nodes.append(helper.make_node("Mul", [f"usual {tensor.name}", "times"], [tensor.name]))
    return _model(nodes, constants, inputs, outputs)


def _model(nodes: list, constants: dict, inputs: tuple, outputs: tuple) -> onnx.ModelProto:
    kinds = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}
    infos = [
        [helper.make_tensor_value_info(each.name, kinds[each.dtype], each.shape) for each in side]
        for side in (inputs, outputs)
    ]
    weights = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "faces", infos[0], infos[1], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return model
