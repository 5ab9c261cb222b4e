"""The feature network of a bundle: EfficientNet-Lite0 without its classifier, its weights in 8 bits."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import Model, Role, features_signature
from bot.inference.session import Graph
from export.convert import store_weights_as_int8
from export.graph import Array, compare, opened, write_graph
from training.pictures.lite0 import FEATURES, Lite0, load_lite0

NAME = "features"
SIDE = 224
MOST_OFF = 0.03
"""How far the row of a picture may turn from what 32 bits say of it: 1 less the product; of two photos of one thing it
is 0.2."""
MEASURED = {"sharpness": 35.0, "threshold": 0.66, "same": 0.945}
"""How to read a product of two rows, by half of the things in the DreamBooth set (see docs/experiments.md)."""
WORTH = {"right": 0.933, "right_by_colours": 0.763, "never_taught_unknown": 0.979}
"""Of the other half, three pictures taught of each: `python -m benchmarks.things`."""
_EXAMPLES = 2
_BATCHES = (1, 3)


class _Seen(nn.Module):
    """Bytes → rows of unit length. A picture and its mirror image are one, and roots temper what is seen most.

    The root is that of Hellinger's kernel (Arandjelović & Zisserman 2012, "RootSIFT"): counts of what is seen, compared
    as such.
    """

    def __init__(self, network: Lite0) -> None:
        super().__init__()
        self.network = network

    def forward(self, pictures: Tensor) -> Tensor:
        upright = pictures.permute(0, 3, 1, 2).float() / 255
        both = self.network(torch.cat([upright, upright.flip(-1)]))
        mean = both.reshape(2, -1, FEATURES).mean(0)
        return nn.functional.normalize(mean.clamp(min=1e-6).sqrt())


def export_features(folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph into ``folder``, prove it the network, and return its entry.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    progress("features: writing the graph")
    signature, network = features_signature(SIDE, FEATURES), _Seen(load_lite0())
    example = torch.zeros(_EXAMPLES, SIDE, SIDE, 3, dtype=torch.uint8)
    graph = write_graph(network, example, signature, folder / f"{NAME}.onnx", store_weights_as_int8)
    model = Model(Role.FEATURES, graph, *signature, MEASURED | WORTH)
    progress("features: comparing them with the network")
    _check(opened(folder, NAME, model), network)
    return {NAME: model}


def _check(graph: Graph, network: _Seen) -> None:
    compare(NAME, graph, network, ((_pictures(batch),) for batch in _BATCHES), MOST_OFF, off=_turned)


def _turned(actual: Array, expected: Array) -> float:
    return float((1 - (actual * expected).sum(-1)).max())


def _pictures(count: int) -> np.ndarray:
    """Return pictures with edges, areas and a little noise, each another."""
    random = np.random.default_rng(count)
    coarse = random.integers(0, 256, (count, 8, 8, 3)).repeat(SIDE // 8, 1).repeat(SIDE // 8, 2)
    return (coarse + random.normal(0, 10, coarse.shape)).clip(0, 255).astype(np.uint8)
