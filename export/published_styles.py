"""The published styles of a bundle, out of the package that they come in: 26 by name, and any picture as a style.

The graphs that read any picture and paint as it is painted are the package's own, between bytes and bytes. Each is
compared with the package's before it ships.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from bot.bundle import (
    READ_SIDE,
    STYLE_WIDTH,
    Bundle,
    Manifest,
    Model,
    Role,
    Signature,
    style_painter_signature,
    style_reader_signature,
)
from bot.inference.session import open_graph
from export.errors import ExportError
from export.graph import file_of
from export.styles import export_styles
from training.pictures.style.published import STYLES, load_published, published_graph

NAME, READER, PAINTER = "styles", "style-reader", "style-painter"
STYLES_OFF, PAINTER_OFF, READER_OFF = 5.0, 1.0, 1e-5
"""How far from the package's graphs they may be: steps of 255 at the worst place, of weights of 16 bits and of the same
weights; and of a style's numbers."""
_PUBLISHED_SIDE = 384
"""The only one that the package's painter takes; nothing in it depends on that."""
_CHECKED = 96
"""Pixels of the side at which each of the 26 is compared."""
_AXES, _MOST, _SHAPE = "bytes.axes", "bytes.most", "style.shape"

Array = NDArray[np.generic]


def export_published(folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write what is published into ``folder`` and return the entries by their names.

    Raises:
        ExportError: a graph is not the package's.
        StyleError: the package is not installed.
    """
    progress("styles: writing the graphs")
    styles = export_styles(load_published(), STYLES, NAME, {}, folder)
    models = {NAME: styles, READER: _reader(folder / f"{READER}.onnx"), PAINTER: _painter(folder / f"{PAINTER}.onnx")}
    progress("styles: comparing them with the published ones")
    _check(Bundle(folder, Manifest({}, models)))
    return models


def _reader(path: Path) -> Model:
    """Write what reads a style: the published graph between bytes and a plain vector."""
    model = onnx.load(published_graph("arbitrary_predict"))
    before = _from_bytes("picture", model.graph.input[0].name)
    after = [helper.make_node("Reshape", [model.graph.output[0].name, _SHAPE], ["style"])]
    _extend(model, before, after, (STYLE_WIDTH,))
    return _written(model, style_reader_signature(), Role.STYLE_READER, path)


def _painter(path: Path) -> Model:
    """Write what paints in a style that was read, for photos of any size."""
    model = onnx.load(published_graph("arbitrary_transform"))
    photo, style = (each.name for each in model.graph.input)
    before = [*_from_bytes("photo", photo), helper.make_node("Reshape", ["style", _SHAPE], [style])]
    after = _to_bytes(model.graph.output[0].name, "painting")
    _extend(model, before, after, (1, 1, 1, STYLE_WIDTH))
    return _written(model, style_painter_signature(), Role.STYLE_PAINTER, path)


def _from_bytes(ours: str, theirs: str) -> list[NodeProto]:
    """Return the nodes that make of bytes ``[h, w, 3]`` what a published graph reads."""
    return [
        helper.make_node("Cast", [ours], [f"{ours}.float"], to=TensorProto.FLOAT),
        helper.make_node("Div", [f"{ours}.float", _MOST], [f"{ours}.share"]),
        helper.make_node("Unsqueeze", [f"{ours}.share", _AXES], [theirs]),
    ]


def _to_bytes(theirs: str, ours: str) -> list[NodeProto]:
    return [
        helper.make_node("Squeeze", [theirs, _AXES], [f"{ours}.share"]),
        helper.make_node("Mul", [f"{ours}.share", _MOST], [f"{ours}.float"]),
        helper.make_node("Round", [f"{ours}.float"], [f"{ours}.round"]),
        helper.make_node("Cast", [f"{ours}.round"], [ours], to=TensorProto.UINT8),
    ]


def _extend(
    model: onnx.ModelProto, before: Sequence[NodeProto], after: Sequence[NodeProto], style: Sequence[int]
) -> None:
    """Put nodes before and behind a graph, and what they need into it: ``style`` is the shape of one there."""
    constants: dict[str, Array] = {
        _AXES: np.array([0], np.int64),
        _MOST: np.array(255, np.float32),
        _SHAPE: np.array(style, np.int64),
    }
    nodes = [*before, *model.graph.node, *after]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in constants.items())


def _written(model: onnx.ModelProto, signature: Signature, role: Role, path: Path) -> Model:
    """Give a graph our signature, write it, and return its entry."""
    graph, kinds = model.graph, {"uint8": TensorProto.UINT8, "float32": TensorProto.FLOAT}
    del graph.value_info[:]  # sizes that it need not have
    for values, tensors in zip((graph.input, graph.output), signature, strict=True):
        del values[:]
        values.extend(helper.make_tensor_value_info(each.name, kinds[each.dtype], each.shape) for each in tensors)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return Model(role, file_of(path), *signature, {})


def _check(bundle: Bundle) -> None:
    """Compare each graph with the package's.

    Raises:
        ExportError: they differ.
    """
    styles, reader, painter = (open_graph(bundle, bundle.model(name), "cpu") for name in (NAME, READER, PAINTER))
    random = np.random.default_rng(_PUBLISHED_SIDE)
    photo = random.integers(0, 256, (_PUBLISHED_SIDE, _PUBLISHED_SIDE, 3), np.uint8)
    shares = photo.astype(np.float32)[None] / np.float32(255)
    small, paints = np.ascontiguousarray(photo[:_CHECKED, :_CHECKED]), _published("multistyle26")
    for weights in np.eye(len(STYLES), dtype=np.float32):
        painting = paints(shares[:, :_CHECKED, :_CHECKED].transpose(0, 3, 1, 2), weights)[0].transpose(1, 2, 0)
        _compare(NAME, styles.run_all(small, weights)[0], 255 * painting, STYLES_OFF)
    picture = photo[:READ_SIDE, :READ_SIDE]
    read = _published("arbitrary_predict")(shares[:, :READ_SIDE, :READ_SIDE])
    style = reader.run(picture)
    _compare(READER, style, read.ravel(), READER_OFF)
    _compare(
        PAINTER, painter.run_all(photo, style)[0], 255 * _published("arbitrary_transform")(shares, read)[0], PAINTER_OFF
    )


def _published(name: str) -> Callable[..., NDArray[np.float32]]:
    """Open one of the package's graphs, which makes one thing of its inputs."""
    session = onnxruntime.InferenceSession(published_graph(name).read_bytes(), providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_inputs()]
    return lambda *inputs: session.run(None, dict(zip(names, inputs, strict=True)))[0]


def _compare(name: str, actual: Array, expected: NDArray[np.float32], most: float) -> None:
    off = float(np.abs(actual.astype(np.float32) - expected).max())
    if not off <= most:
        raise ExportError(f"{name} differs from the published graph by {off:.2g}, more than {most:g}.")
