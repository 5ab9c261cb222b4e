"""The network for gaps of a bundle: ``fill.onnx``, beside the voice whose tokenizer it shares."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Model, Role, fill_signature
from bot.inference.session import Graph
from export.graph import compare, largest_share, opened, write_graph
from export.parity import TOLERANCE
from training.text.infilling.network import InfillingNetwork
from training.text.infilling.run import TrainedInfilling

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
    signature = fill_signature(vocabulary)
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    example = tuple(torch.full(shape, 3) for shape in _EXAMPLE)
    graph = write_graph(network, example, signature, folder / f"{NAME}.onnx")
    model = Model(Role.FILL, graph, *signature, trained.metrics)
    progress("gaps: comparing it with the network")
    _check(opened(folder, NAME, model), network, vocabulary)
    return model


def _check(graph: Graph, network: InfillingNetwork, vocabulary: int) -> None:
    examples = (
        tuple(np.random.default_rng(shape).integers(0, vocabulary, shape, np.int64) for shape in shapes)
        for shapes in _SHAPES
    )
    compare(NAME, graph, network, examples, TOLERANCE, off=largest_share)
