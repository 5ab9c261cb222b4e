"""The cleaner of a bundle: one graph of two autoencoders, bytes in and out, and from where a face is strange to it."""

from collections.abc import Callable
from pathlib import Path

import torch

from bot.bundle import Crop, LearntFrom, Model, Role, cleaner_signature
from bot.photos import EYES, VERSION
from export.errors import ExportError
from export.graph import compare, opened, write_graph
from training.faces.cleaner.evaluate import is_better
from training.faces.cleaner.networks import SMALL
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
    signature = cleaner_signature()
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    example = _noise(_EXAMPLE), _noise((3, SMALL, SMALL, 3))
    model = Model(
        Role.CLEANER,
        write_graph(network, example, signature, folder / f"{NAME}.onnx"),
        *signature,
        trained.metrics,
        crop=Crop(VERSION, EYES),
        learnt_from=LearntFrom.PHOTOS,
    )
    progress("the cleaner: comparing it with the network")
    examples = ((_noise(shape).numpy(), _noise((shape[0], SMALL, SMALL, 3)).numpy()) for shape in _SHAPES)
    compare(NAME, opened(folder, NAME, model), network, examples, (MOST_OFF, MOST_STRANGE_OFF))
    return {NAME: model}


def _noise(shape: tuple[int, ...]) -> torch.Tensor:
    return torch.randint(0, 256, shape, dtype=torch.uint8, generator=torch.Generator().manual_seed(shape[1]))
