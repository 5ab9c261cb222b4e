"""The styles of a bundle: what paints in styles of its own, as bytes in and bytes out, and an owner's own runs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import Model, Role, Style, styles_signature, styles_to_json
from bot.inference.session import Graph
from export.errors import ExportError
from export.graph import Array, compare, file_of, opened, write_graph
from training.pictures.style.network import StyleNetwork
from training.pictures.style.run import load_style

MOST_OFF = 2
"""Steps of 255 by which a graph may paint otherwise than its network, at the worst place: weights of 16 bits."""
_EXAMPLE, _SHAPES = (64, 96, 3), ((64, 64, 3), (88, 136, 3))


class _Paints(nn.Module):
    """Bytes of a photo and the weights of the styles → bytes of a painting."""

    def __init__(self, network: StyleNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, photo: Tensor, weights: Tensor) -> Tensor:
        painting: Tensor = self.network(photo.permute(2, 0, 1)[None].float() / 255, weights)
        return (painting[0] * 255).round().permute(1, 2, 0).to(torch.uint8)


def export_own(runs: Mapping[str, Path], folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the styles of an owner's own runs, by what they are called, and return the entries.

    Raises:
        ExportError: a graph is not its network, or a style is no nearer to its picture than photos as they are.
        RunError: a run is damaged or not finished.
    """
    models = {}
    for number, (name, run) in enumerate(runs.items(), 1):
        progress(f"the style {name}")
        trained = load_style(run)
        if not trained.metrics["style"] < trained.metrics["photo_style"]:
            raise ExportError(f"{name} is no nearer to its picture than the photos themselves: train it longer.")
        style = Style(name, {"en": name})
        file = f"style-{number}"
        models[file] = export_styles(trained.network, [style], file, trained.metrics, folder)
    return models


def export_styles(
    network: StyleNetwork, styles: Sequence[Style], file: str, metrics: Mapping[str, float], folder: Path
) -> Model:
    """Write a network and what its styles are called, prove the graph equal to it, and return the entry.

    Raises:
        ExportError: the graph is not the network.
        BundleError: the bot's own reader refuses it.
    """
    network, signature, names = network.half().float().eval(), styles_signature(len(styles)), folder / f"{file}.json"
    example = torch.zeros(_EXAMPLE, dtype=torch.uint8), torch.full((len(styles),), 1 / len(styles))
    graph = write_graph(_Paints(network), example, signature, folder / f"{file}.onnx")
    names.write_text(styles_to_json(styles), encoding="utf-8")
    model = Model(Role.STYLES, graph, *signature, metrics, data=file_of(names))
    _check(file, opened(folder, file, model), network)
    return model


def _check(name: str, graph: Graph, network: StyleNetwork) -> None:
    compare(name, graph, _Paints(network), (_example(shape, network.styles) for shape in _SHAPES), MOST_OFF)


def _example(shape: tuple[int, ...], styles: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(shape)
    return rng.integers(0, 256, shape, np.uint8), rng.dirichlet(np.ones(styles)).astype(np.float32)
