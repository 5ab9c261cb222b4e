"""The pulse of a bundle: one graph of what is expected and what is usual, and the counts that it goes on from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from bot.bundle import Bundle, File, Manifest, Model, Role, pulse_signature, sha256_of
from bot.bundle.pulse import DAY, WEEK
from bot.inference.session import Graph, open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
from training.text.pulse.network import UsualWeek
from training.text.pulse.run import FOLDER, PulseRun

NAME = "pulse"
MOST_OFF = 1e-4
"""How far a count may differ, as a share of the largest."""
_SHAPES = ((1, WEEK), (7, WEEK), (2, 30))
"""Windows, and the hours that each looks back on."""


def export_pulse(run: Path, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph and the counts into ``folder``, prove the graph equal to the network, and return the entry.

    None where the run of text has no pulse.

    Raises:
        ExportError: the graph is not the network.
        RunError: the pulse is not finished, or damaged.
        BundleError: the bot's own reader refuses the graph.
    """
    trained = PulseRun(run / FOLDER).load()
    if trained is None:
        return {}
    progress("the pulse: writing the graph")
    inputs, outputs = pulse_signature()
    graph, counts = folder / f"{NAME}.onnx", folder / f"{NAME}.json"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    to_onnx(network, _example(3, 5), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    counts.write_text(trained.counts.to_json(), encoding="utf-8")
    files = [File(path.name, sha256_of(path)) for path in (graph, counts)]
    model = Model(Role.PULSE, files[0], inputs, outputs, trained.metrics, data=files[1])
    progress("the pulse: comparing it with the network")
    _check(open_graph(Bundle(folder, Manifest({}, {NAME: model})), model, "cpu"), network)
    return {NAME: model}


def _example(batch: int, past: int) -> tuple[torch.Tensor, ...]:
    rng = torch.Generator().manual_seed(batch)
    counts = torch.randint(0, 64, (batch, past), generator=rng).float()
    hours = (torch.randint(0, WEEK, (batch, 1), generator=rng) + torch.arange(past + DAY)) % WEEK
    return counts, hours, torch.randint(0, 2, (batch, past + DAY), generator=rng).float()


def _check(graph: Graph, network: UsualWeek) -> None:
    for shape in _SHAPES:
        example = _example(*shape)
        with torch.inference_mode():
            expected = network(*example)
        for actual, target in zip(graph.run_all(*(each.numpy() for each in example)), expected, strict=True):
            off = float(np.abs(actual - target.numpy()).max() / max(1.0, float(target.max())))
            if not off <= MOST_OFF:
                raise ExportError(f"{NAME} differs from its network by {off:.2g}, more than {MOST_OFF:g}.")
