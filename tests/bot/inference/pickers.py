"""A bundle's picker that a test can foretell: it counts the n-grams that message and answer have in common."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.bundle import Bundle, File, Manifest, Model, Role, picker_signature, sha256_of
from bot.bundle.exchanges import Exchanges


def counting_graph() -> bytes:
    """Return a graph ``message[time], answers[batch, answer_time] → scores[batch]``."""
    constants = {"last": [2], "first": [0, 1], "both": [1, 2]}
    numbers = [numpy_helper.from_array(np.array(value, np.int64), name) for name, value in constants.items()]
    nodes = [
        helper.make_node("Unsqueeze", ["answers", "last"], ["each"]),
        helper.make_node("Unsqueeze", ["message", "first"], ["own"]),
        helper.make_node("Equal", ["each", "own"], ["same"]),
        helper.make_node("Cast", ["same"], ["one"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["one", "both"], ["scores"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "counting",
        [
            helper.make_tensor_value_info("message", TensorProto.INT64, ["time"]),
            helper.make_tensor_value_info("answers", TensorProto.INT64, ["batch", "answer_time"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch"])],
        numbers,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def add_picker(
    folder: Path,
    lines: Sequence[str],
    exchanges: Exchanges | None = None,
    *,
    sure: float = 5,
    silent: float = 1,
    **more: float,
) -> Path:
    """Add such a picker to the bundle in ``folder``; without ``exchanges`` it is one of an older bundle."""
    bundle = Bundle.open(folder)
    (folder / "picker.onnx").write_bytes(counting_graph())
    (folder / "lines.json").write_text(json.dumps(lines), encoding="utf-8")
    graph, kept = (File(name, sha256_of(folder / name)) for name in ("picker.onnx", "lines.json"))
    inputs, outputs = picker_signature()
    metrics = {"sure": sure, "silent": silent, **more}
    model = Model(Role.PICKER, graph, inputs, outputs, metrics, lines=kept, data=_kept(folder, exchanges))
    manifest = Manifest(bundle.manifest.made, {**bundle.manifest.models, "picker": model})
    (folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    return folder


def _kept(folder: Path, exchanges: Exchanges | None) -> File | None:
    if exchanges is None:
        return None
    (folder / "exchanges.json").write_text(exchanges.to_json(), encoding="utf-8")
    return File("exchanges.json", sha256_of(folder / "exchanges.json"))
