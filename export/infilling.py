"""The network for gaps of a bundle: ``fill.onnx``, beside the voice whose tokenizer it shares."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Bundle, File, Manifest, Model, Role, fill_signature, sha256_of
from bot.inference.session import Graph, open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
from export.parity import TOLERANCE
from training.text.infilling.network import InfillingNetwork
from training.text.infilling.trained import TrainedInfilling

NAME = "fill"
# No shape is the example's: a frozen axis shows at once.
_EXAMPLE = ((2, 5), (2, 4))
_SHAPES = (((1, 1), (1, 1)), ((1, 7), (1, 2)), ((3, 1), (3, 9)), ((24, 12), (24, 3)))


def export_infilling(
    trained: TrainedInfilling, vocabulary: int, folder: Path, progress: Callable[[str], None]
) -> Model:
    """Write the graph into ``folder``, prove it equal to the network, and return its entry.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    progress("gaps: writing the graph")
    inputs, outputs = fill_signature(vocabulary)
    graph = folder / f"{NAME}.onnx"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    to_onnx(network, tuple(torch.full(shape, 3) for shape in _EXAMPLE), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    model = Model(Role.FILL, File(graph.name, sha256_of(graph)), inputs, outputs, trained.metrics)
    progress("gaps: comparing it with the network")
    _check(open_graph(Bundle(folder, Manifest({}, {NAME: model})), model, "cpu"), network, vocabulary)
    return model


def _check(graph: Graph, network: InfillingNetwork, vocabulary: int) -> None:
    for shapes in _SHAPES:
        left, right = (np.random.default_rng(shape).integers(0, vocabulary, shape, np.int64) for shape in shapes)
        with torch.inference_mode():
            expected = network(torch.from_numpy(left), torch.from_numpy(right)).numpy()
        off = float(np.abs(graph.run_all(left, right)[0] - expected).max() / max(1.0, np.abs(expected).max()))
        if not off <= TOLERANCE:
            raise ExportError(f"the graph for gaps differs from its network by {off:.2g}, more than {TOLERANCE:g}.")
