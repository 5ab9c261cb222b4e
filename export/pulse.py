"""The pulse of a bundle: one graph of what is expected and what is usual, and the counts that it goes on from."""

from collections.abc import Callable
from pathlib import Path

import torch

from bot.bundle import Model, Role, pulse_signature
from bot.bundle.pulse import DAY, WEEK
from export.graph import compare, file_of, largest_share, opened, write_graph
from training.text.pulse.run import PulseRun

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
    trained = PulseRun(run / PulseRun.FOLDER).load()
    if trained is None:
        return {}
    progress("the pulse: writing the graph")
    signature, counts = pulse_signature(), folder / f"{NAME}.json"
    # The graph keeps its weights in 16 bits: the network that it has to equal has the same.
    network = trained.network.half().float()
    graph = write_graph(network, _example(3, 5), signature, folder / f"{NAME}.onnx")
    counts.write_text(trained.counts.to_json(), encoding="utf-8")
    model = Model(Role.PULSE, graph, *signature, trained.metrics, data=file_of(counts))
    progress("the pulse: comparing it with the network")
    examples = ([each.numpy() for each in _example(*shape)] for shape in _SHAPES)
    compare(NAME, opened(folder, NAME, model), network, examples, MOST_OFF, off=largest_share)
    return {NAME: model}


def _example(batch: int, past: int) -> tuple[torch.Tensor, ...]:
    rng = torch.Generator().manual_seed(batch)
    counts = torch.randint(0, 64, (batch, past), generator=rng).float()
    hours = (torch.randint(0, WEEK, (batch, 1), generator=rng) + torch.arange(past + DAY)) % WEEK
    return counts, hours, torch.randint(0, 2, (batch, past + DAY), generator=rng).float()
