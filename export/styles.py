"""The styles of a bundle: what paints in styles of its own, as bytes in and bytes out, and an owner's own runs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import (
    Bundle,
    File,
    Manifest,
    Model,
    Role,
    Style,
    sha256_of,
    styles_signature,
    styles_to_json,
)
from bot.inference.session import open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
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
    network = network.half().float().eval()
    graph, names = folder / f"{file}.onnx", folder / f"{file}.json"
    inputs, outputs = styles_signature(len(styles))
    example = torch.zeros(_EXAMPLE, dtype=torch.uint8), torch.full((len(styles),), 1 / len(styles))
    to_onnx(_Paints(network), example, inputs, outputs, graph)
    store_weights_as_fp16(graph)
    names.write_text(styles_to_json(styles), encoding="utf-8")
    model = Model(
        Role.STYLES,
        File(graph.name, sha256_of(graph)),
        inputs,
        outputs,
        metrics,
        data=File(names.name, sha256_of(names)),
    )
    _check_styles(Bundle(folder, Manifest({}, {file: model})), file, network)
    return model


def _check_styles(bundle: Bundle, name: str, network: StyleNetwork) -> None:
    graph = open_graph(bundle, bundle.model(name), "cpu")
    for shape in _SHAPES:
        photo = np.random.default_rng(shape).integers(0, 256, shape, np.uint8)
        weights = np.random.default_rng(shape).dirichlet(np.ones(network.styles)).astype(np.float32)
        with torch.inference_mode():
            expected = _Paints(network)(torch.from_numpy(photo), torch.from_numpy(weights)).numpy()
        off = int(np.abs(graph.run_all(photo, weights)[0].astype(int) - expected).max())
        if off > MOST_OFF:
            raise ExportError(f"{name} paints otherwise than its network, by {off} of 255.")
