"""A torch network to one ONNX file with our own names for its inputs, outputs and dimensions.

Knows nothing of bundles, of how the network was trained, or of whether the graph is right: parity asks that.
"""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from bot.bundle import Tensor
from export.errors import ExportError

# Above 21 ONNX Runtime's CUDA kernels for recurrent nodes are recent: an older one would silently take the CPU's.
OPSET = 18

_TALKATIVE = ("torch.onnx._internal.exporter._registration", "onnxscript.optimizer._constant_folding")

_Floats = npt.NDArray[np.float32]


def to_onnx(
    network: nn.Module,
    example: torch.Tensor | tuple[torch.Tensor, ...],
    inputs: Sequence[Tensor],
    outputs: Sequence[Tensor],
    path: Path,
) -> None:
    """Write ``network`` as the ONNX graph ``path``, weights inside.

    ``example`` is its input, or all of them, whose every varying dimension is larger than 1: a 1 would be frozen into
    the graph.

    Raises:
        ExportError: the graph came out otherwise than promised.
    """
    # Dim.AUTO, not named Dims: with torch 2.13 named ones freeze the time axis from the second export in a process on.
    free = tuple(
        {axis: torch.export.Dim.AUTO for axis, size in enumerate(source.shape) if isinstance(size, str)}
        for source in inputs
    )
    with _quiet():
        torch.onnx.export(
            network.eval(),
            (example,) if isinstance(example, torch.Tensor) else example,
            path,
            input_names=[source.name for source in inputs],
            output_names=[tensor.name for tensor in outputs],
            dynamic_shapes=free,
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    model = onnx.load(path)
    _name_dimensions(model, [*inputs, *outputs])
    _forget_the_making(model)
    _name_weights(model, network)
    _check_recurrence(model)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def store_weights_as_fp16(path: Path, except_for: tuple[str, ...] = ()) -> None:
    """Store the weights of the graph ``path`` in fp16, widened where they are used: half the file, computed in full.

    The widening is done once, when the graph is opened. Weights whose names end in one of ``except_for`` stay.
    """
    model = onnx.load(path)
    widened = []
    for weight in model.graph.initializer:
        if weight.data_type == onnx.TensorProto.FLOAT and len(weight.dims) > 1 and not weight.name.endswith(except_for):
            values = numpy_helper.to_array(weight).astype(np.float16)
            narrow = f"{weight.name}.half"
            widened.append(helper.make_node("Cast", [narrow], [weight.name], to=onnx.TensorProto.FLOAT))
            weight.CopyFrom(numpy_helper.from_array(values, narrow))
    nodes = [*widened, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def store_weights_as_int8(path: Path, least: int = 0) -> None:
    """Store the weights of the graph ``path`` in 8 bits, with a scale a channel that comes out: a quarter of it.

    They are widened once, when the graph is opened, and computed in full. Those of fewer than ``least`` numbers stay.
    What :func:`round_to_int8` has rounded is stored as it is, also where the exporter has turned it over.
    (Krishnamoorthi 2018, arXiv:1806.08342, 3.1.)
    """
    model = onnx.load(path)
    graph = model.graph
    weights = [each for each in graph.initializer if each.data_type == onnx.TensorProto.FLOAT and len(each.dims) > 1]
    widened = []
    for weight in weights:
        values = numpy_helper.to_array(weight)
        if values.size < least:
            continue
        numbers, scale = _narrowed(values)
        narrow, scales, wide = (f"{weight.name}.{kind}" for kind in ("narrow", "scale", "wide"))
        widened.append(helper.make_node("Cast", [narrow], [wide], to=onnx.TensorProto.FLOAT))
        widened.append(helper.make_node("Mul", [wide, scales], [weight.name]))
        graph.initializer.append(numpy_helper.from_array(scale, scales))
        weight.CopyFrom(numpy_helper.from_array(numbers, narrow))
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def round_to_int8(network: nn.Module) -> None:
    """Round every matrix of weights to what :func:`store_weights_as_int8` can hold of it."""
    with torch.no_grad():
        for weight in network.parameters():
            if weight.dim() == 2:
                numbers, scale = _in_8_bits(weight.numpy(), axis=0)
                weight.copy_(torch.from_numpy(numbers * scale))


def _narrowed(values: _Floats) -> tuple[npt.NDArray[np.int8], _Floats]:
    """Return weights as whole numbers, with the scales along their first axis, or the second one if that is nearer."""
    ways = [_in_8_bits(values, axis) for axis in range(2 if values.ndim == 2 else 1)]
    return min(ways, key=lambda way: float(np.abs(way[0] * way[1] - values).max()))


def _in_8_bits(values: _Floats, axis: int) -> tuple[npt.NDArray[np.int8], _Floats]:
    """Return weights as whole numbers, with a scale for each place of an axis."""
    others = tuple(other for other in range(values.ndim) if other != axis)
    scale = (np.abs(values).max(others, keepdims=True) / np.float32(127)).astype(np.float32)
    scale[scale == 0] = 1
    return np.round(values / scale).astype(np.int8), scale


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep from the owner what the exporter tells its own developers: deprecations, what it leaves as it is."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _name_dimensions(model: onnx.ModelProto, tensors: Sequence[Tensor]) -> None:
    """Call the free dimensions what the contract calls them, so that a reader of the file finds the same words."""
    values = {value.name: value for value in (*model.graph.input, *model.graph.output)}
    if set(values) != {tensor.name for tensor in tensors}:
        raise ExportError(f"the graph has {sorted(values)} where {[tensor.name for tensor in tensors]} were asked for.")
    for tensor in tensors:
        for dimension, size in zip(values[tensor.name].type.tensor_type.shape.dim, tensor.shape, strict=True):
            if isinstance(size, int):
                dimension.dim_value = size
            else:
                dimension.dim_param = size
    # Shapes inside the graph still carry the exporter's names; they are hints that ONNX Runtime infers again.
    del model.graph.value_info[:]


def _name_weights(model: onnx.ModelProto, network: nn.Module) -> None:
    """Give weights that the exporter reshaped their names back, so that a training can begin with the graph's."""
    named = {weight.name for weight in model.graph.initializer}
    missing = {name: tensor.numpy().ravel() for name, tensor in network.state_dict().items() if name not in named}
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight).ravel()
        for name, wanted in missing.items():
            if values.dtype == wanted.dtype and np.array_equal(values, wanted):
                _rename(model.graph, weight.name, name)
                weight.name = name
                del missing[name]
                break


def _rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        for index, source in enumerate(node.input):
            if source == old:
                node.input[index] = new


def _forget_the_making(model: onnx.ModelProto) -> None:
    """Take out the exporter's notes: which line of which file, with the owner's folders, each node came from."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        del part.metadata_props[:]
        part.doc_string = ""


def _check_recurrence(model: onnx.ModelProto) -> None:
    """Refuse a GRU with the other order of reset and product: no error at run time, only wrong numbers."""
    for node in model.graph.node:
        flags = {attribute.name: attribute.i for attribute in node.attribute}
        if node.op_type == "GRU" and flags.get("linear_before_reset") != 1:
            raise ExportError("the exporter wrote a GRU with linear_before_reset=0: install onnxscript 0.7.1 or newer.")
