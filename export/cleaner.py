"""The cleaner of a bundle: one graph of two autoencoders, bytes in and out, and from where a face is strange to it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Bundle, Crop, File, LearntFrom, Manifest, Model, Role, cleaner_signature, sha256_of
from bot.inference.session import Graph, open_graph
from bot.photos import EYES, VERSION
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
from training.faces.cleaner.measuring import is_better
from training.faces.cleaner.networks import SMALL, Cleaner
from training.faces.cleaner.run import TrainedCleaner

NAME = "cleaner"
MOST_OFF, MOST_STRANGE_OFF = 1, 1e-3
"""How far a byte may differ, at an edge of rounding, and how far a strangeness."""
_EXAMPLE = (2, 12, 20, 3)
_SHAPES = ((1, 48, 48, 3), (3, 64, 96, 3), (2, 224, 224, 3))


def export_cleaner(trained: TrainedCleaner, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph of a run into ``folder``, prove it equal to the network, and return its entry.

    Raises:
        ExportError: it is no better than a median filter, or the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    if not is_better(trained.metrics):
        raise ExportError("The cleaner comes no nearer to what a face was than a median filter: leave out --cleaner.")
    progress("the cleaner: writing the graph")
    inputs, outputs = cleaner_signature()
    graph = folder / f"{NAME}.onnx"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    to_onnx(network, (_noise(_EXAMPLE), _noise((3, SMALL, SMALL, 3))), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    model = Model(
        Role.CLEANER,
        File(graph.name, sha256_of(graph)),
        inputs,
        outputs,
        trained.metrics,
        crop=Crop(VERSION, EYES),
        learnt_from=LearntFrom.PHOTOS,
    )
    progress("the cleaner: comparing it with the network")
    _check(open_graph(Bundle(folder, Manifest({}, {NAME: model})), model, "cpu"), network)
    return {NAME: model}


def _noise(shape: tuple[int, ...]) -> torch.Tensor:
    return torch.randint(0, 256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(shape[1]))


def _check(graph: Graph, network: Cleaner) -> None:
    for shape in _SHAPES:
        face, small = _noise(shape), _noise((shape[0], SMALL, SMALL, 3))
        with torch.inference_mode():
            clean, strange = (output.numpy() for output in network(face, small))
        made, said = graph.run_all(face.numpy(), small.numpy())
        if np.abs(made.astype(int) - clean).max() > MOST_OFF or not np.allclose(said, strange, atol=MOST_STRANGE_OFF):
            raise ExportError(f"{NAME} differs from its network.")
