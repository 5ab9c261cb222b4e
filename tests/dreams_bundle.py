"""Dreams for a bundle of tests, made without torch.

Of waves what is light grows lighter, of eyes the other way round, and of dreams so where it is green.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, File, Model, Role, dream_signature, sha256_of
from bot.bundle.manifest import MANIFEST


def add_to(folder: Path) -> Path:
    """Write a dream into the bundle in ``folder``, and return the folder."""
    onnx.save(_graph(), folder / "dream.onnx")
    model = Model(Role.DREAM, File("dream.onnx", sha256_of(folder / "dream.onnx")), *dream_signature(), {})
    manifest = Bundle.open(folder).manifest
    manifest = replace(manifest, models={**manifest.models, "dream": model})
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return folder


def _graph() -> onnx.ModelProto:
    inputs, outputs = (
        [helper.make_tensor_value_info(each.name, TensorProto.FLOAT, each.shape) for each in side]
        for side in dream_signature()
    )
    nodes = [
        helper.make_node("Sub", ["picture", "middle"], ["light"]),
        helper.make_node("MatMul", ["depths", "channels"], ["ways"]),
        helper.make_node("Mul", ["light", "ways"], ["gradient"]),
    ]
    constants = {"middle": 0.5, "channels": [[1, 1, 1], [-1, -1, -1], [1, -1, 1]]}
    weights = [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "dream", inputs, outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model, full_check=True)
    return model
