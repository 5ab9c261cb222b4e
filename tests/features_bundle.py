"""A feature network for tests, added to any bundle: how light each part of a picture is, red, green and blue."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, File, Manifest, Model, Role, features_signature, sha256_of
from bot.bundle.manifest import MANIFEST

SIDE, PARTS = 32, 4
WIDTH = 3 * PARTS * PARTS
LIKENESS = {"sharpness": 20.0, "threshold": 0.8, "same": 0.999}


def add_features(folder: Path, *, middle: float = 127.5, metrics: Mapping[str, float] | None = None) -> Path:
    """Add a network to the bundle in ``folder`` and return it; another ``middle`` grey makes it another network."""
    graph = folder / "features.onnx"
    onnx.save(_network(middle), graph)
    file = File(graph.name, sha256_of(graph))
    model = Model(Role.FEATURES, file, *features_signature(SIDE, WIDTH), LIKENESS if metrics is None else metrics)
    manifest = Manifest.from_json((folder / MANIFEST).read_text(encoding="utf-8"))
    models = {**manifest.models, "features": model}
    (folder / MANIFEST).write_text(Manifest(manifest.made, models, manifest.attributes).to_json(), encoding="utf-8")
    return folder


def only_features(folder: Path, **more: object) -> Bundle:
    """Return a bundle with nothing but the network, which nobody could serve."""
    folder.mkdir()
    (folder / MANIFEST).write_text(Manifest({}, {}).to_json(), encoding="utf-8")
    return Bundle.open(add_features(folder, **more))  # type: ignore[arg-type]


def change_metrics(folder: Path, metrics: Mapping[str, float]) -> None:
    """Say other things of the network in the manifest."""
    content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    content["models"]["features"]["metrics"] = dict(metrics)
    (folder / MANIFEST).write_text(json.dumps(content), encoding="utf-8")


def _network(middle: float) -> onnx.ModelProto:
    """Mean of each part, less a middle grey, and a little that is always there, so that no row is without length."""
    side = SIDE // PARTS
    nodes = [
        helper.make_node("Cast", ["pictures"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Transpose", ["floats"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["planes"], ["parts"], kernel_shape=[side, side], strides=[side, side]),
        helper.make_node("Flatten", ["parts"], ["flat"]),
        helper.make_node("Sub", ["flat", "middle"], ["rows"]),
        helper.make_node("ReduceL2", ["rows", "last"], ["length"], keepdims=1),
        helper.make_node("Div", ["rows", "length"], ["features"]),
    ]
    constants = {"middle": np.float32(middle), "last": np.array([1])}
    (pictures,), (features,) = features_signature(SIDE, WIDTH)
    graph = helper.make_graph(
        nodes,
        "features",
        [helper.make_tensor_value_info(pictures.name, TensorProto.UINT8, pictures.shape)],
        [helper.make_tensor_value_info(features.name, TensorProto.FLOAT, features.shape)],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return model
