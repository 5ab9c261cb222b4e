"""The feature network of a bundle: EfficientNet-Lite0 without its classifier, its weights in 8 bits."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import Bundle, File, Manifest, Model, Role, features_signature, sha256_of
from bot.inference.session import open_graph
from export.convert import store_weights_as_int8, to_onnx
from export.errors import ExportError
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
    inputs, outputs = features_signature(SIDE, FEATURES)
    network, graph = _Seen(load_lite0()), folder / f"{NAME}.onnx"
    to_onnx(network, torch.zeros(_EXAMPLES, SIDE, SIDE, 3, dtype=torch.uint8), inputs, outputs, graph)
    store_weights_as_int8(graph)
    model = Model(Role.FEATURES, File(graph.name, sha256_of(graph)), inputs, outputs, MEASURED | WORTH)
    progress("features: comparing them with the network")
    _check(Bundle(folder, Manifest({}, {NAME: model})), network)
    return {NAME: model}


def _check(bundle: Bundle, network: _Seen) -> None:
    graph = open_graph(bundle, bundle.model(NAME), "cpu")
    for batch in _BATCHES:
        pictures = _pictures(batch)
        with torch.inference_mode():
            expected = network(torch.from_numpy(pictures)).numpy()
        off = float((1 - (graph.run(pictures) * expected).sum(-1)).max())
        if not off <= MOST_OFF:
            raise ExportError(f"{NAME} turns from its network by {off:.2g}, more than {MOST_OFF:g}.")


def _pictures(count: int) -> np.ndarray:
    """Return pictures with edges, areas and a little noise, each another."""
    random = np.random.default_rng(count)
    coarse = random.integers(0, 256, (count, 8, 8, 3)).repeat(SIDE // 8, 1).repeat(SIDE // 8, 2)
    return (coarse + random.normal(0, 10, coarse.shape)).clip(0, 255).astype(np.uint8)
