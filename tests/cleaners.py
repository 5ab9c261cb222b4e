"""A bundle's cleaner that a test can foretell: what it cleans is white, and a dark face is strange to it."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, Crop, File, Manifest, Model, Role, cleaner_signature, sha256_of
from bot.photos import EYES, VERSION


def whitening_graph() -> bytes:
    """Return a graph whose clean faces are white where they were not black; strange is how far from white one is."""
    constants = {
        "many": np.float32(255),
        "low": np.float32(0),
        "high": np.float32(255),
        "axes": np.array([1, 2, 3]),
    }
    nodes = [
        helper.make_node("Cast", ["face"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["floats", "many"], ["brighter"]),
        helper.make_node("Clip", ["brighter", "low", "high"], ["clipped"]),
        helper.make_node("Cast", ["clipped"], ["clean"], to=TensorProto.UINT8),
        helper.make_node("Cast", ["small"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["seen", "axes"], ["light"], keepdims=0),
        helper.make_node("Sub", ["many", "light"], ["strange"]),
    ]
    kinds = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8}
    described = [
        [helper.make_tensor_value_info(one.name, kinds[one.dtype], one.shape) for one in every]
        for every in cleaner_signature()
    ]
    weights = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "whitening", *described, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def add_cleaner(folder: Path, strange: float = 255.0) -> Path:
    """Add such a cleaner to the bundle in ``folder``, to which whatever is so dark is strange."""
    bundle = Bundle.open(folder)
    (folder / "cleaner.onnx").write_bytes(whitening_graph())
    graph = File("cleaner.onnx", sha256_of(folder / "cleaner.onnx"))
    model = Model(Role.CLEANER, graph, *cleaner_signature(), {"strange": strange}, crop=Crop(VERSION, EYES))
    made, attributes = bundle.manifest.made, bundle.manifest.attributes
    manifest = Manifest(made, {**bundle.manifest.models, "cleaner": model}, attributes)
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder
