"""The editor of a bundle: one graph with a window and a strength in, four fields out, scaling in the graph."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import Crop, LearntFrom, Model, Role, editor_signature
from bot.inference.session import Graph
from bot.photos import EYES, VERSION
from bot.photos.editing import WINDOW_SIDE
from export.errors import ExportError
from export.graph import opened, write_graph
from training.faces.editor.run import TrainedEditor

NAME = "editor"
MOST_OFF = 5e-3
"""How far a field may differ, in shares of full light or of the window's side; weights of 16 bits."""
_DRAWN_OFF = 2.0
"""How many times as far what is drawn may: noise, by which they are compared, has more contrast than any face."""
STRENGTH = 0.5
"""The network's strength for a member's of 1: its 1 is a grin."""
_BATCHES = (1, 3)
_EXAMPLES = 2
_WINDOW = (WINDOW_SIDE, WINDOW_SIDE, 3)


class _Edits(nn.Module):
    """Bytes and a member's strength → the fields, channels last; 0 of all that moves where no mouth can be seen."""

    def __init__(self, network: nn.Module, visibility: nn.Module | None = None) -> None:
        super().__init__()
        self.network, self.visibility = network, visibility

    def forward(self, window: Tensor, strength: Tensor) -> tuple[Tensor, ...]:
        flow, shade, alpha, colour = self.network(_faces(window), strength * STRENGTH)
        if self.visibility is not None:
            seen = self.seen(window)
            flow, shade, alpha = seen * flow, seen * shade, seen * alpha
        return tuple(field.permute(0, 2, 3, 1) for field in (flow, shade, alpha, colour))

    def seen(self, window: Tensor) -> Tensor:
        """Return how much of a change of each window may be seen ``[n, 1, 1, 1]``: hardly anything of noise."""
        share = torch.ones(len(window)) if self.visibility is None else self.visibility(_faces(window))
        return share.view(-1, 1, 1, 1)


def _faces(window: Tensor) -> Tensor:
    return window.permute(0, 3, 1, 2).float() / 255


def export_editor(trained: TrainedEditor, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph of a run into ``folder``, prove it equal to the network, and return its entry.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses the graph.
    """
    progress("the editor: writing the graph")
    signature, network = editor_signature(), _Edits(trained.network, trained.visibility)
    example = torch.zeros(_EXAMPLES, *_WINDOW, dtype=torch.uint8), torch.ones(_EXAMPLES, 1)
    model = Model(
        Role.EDITOR,
        write_graph(network, example, signature, folder / f"{NAME}.onnx"),
        *signature,
        trained.metrics,
        crop=Crop(VERSION, EYES),
        learnt_from=LearntFrom.PHOTOS,
        both_ways=trained.both_ways,
    )
    progress("the editor: comparing it with the network")
    _check(opened(folder, NAME, model), network)
    return {NAME: model}


def _check(graph: Graph, network: _Edits) -> None:
    for batch in _BATCHES:
        random = np.random.default_rng(batch)
        windows = random.integers(0, 256, (batch, *_WINDOW), np.uint8)
        strengths = random.uniform(-3, 3, (batch, 1)).astype(np.float32)
        with torch.inference_mode():
            expected = network(torch.from_numpy(windows), torch.from_numpy(strengths))
            seen = network.seen(torch.from_numpy(windows)).numpy()  # what is next to nothing would never be far off
        answers = zip(graph.run_all(windows, strengths), expected, (seen, seen, seen, _DRAWN_OFF), strict=True)
        off = max(float((np.abs(actual - target.numpy()) / share).max()) for actual, target, share in answers)
        if not off <= MOST_OFF:
            raise ExportError(f"{NAME} differs from its network by {off:.2g}, more than {MOST_OFF:g}.")
