"""The faces of a bundle: generators and the encoder, with scaling and clipping in the graph, bytes outside."""

from collections.abc import Callable, Collection
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
    encoder_signature,
    generator_signature,
    sha256_of,
)
from bot.inference.session import open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError
from training.faces.data.tensors import quantised, to_floats
from training.faces.run import TrainedFaces

MOST_OFF = 1
"""Steps of 255 that a pixel may differ by."""
LATENT_OFF = 2e-2
"""How far a coordinate of an encoded latent may differ, in standard deviations of the prior; weights of 16 bits."""
_BATCHES = (1, 2, 5)
_EXAMPLES = 2


class _GeneratorGraph(nn.Module):
    """Latents → bytes."""

    def __init__(self, generator: nn.Module) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, z: Tensor) -> Tensor:
        return quantised(self.generator(z))


class _EncoderGraph(nn.Module):
    """Bytes → the posterior mean."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> Tensor:
        mean: Tensor = self.encoder(to_floats(image))
        return mean


def export_faces(trained: TrainedFaces, name: str, folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graphs of a run into ``folder``, prove them equal to the networks, and return their entries.

    ``name`` is what the bundle calls the generator. Its encoder, where it has one, is called after it.

    Raises:
        ExportError: a graph is not the network.
        BundleError: the bot's own reader refuses a graph.
    """
    progress(f"{name}: writing the graph")
    inputs, outputs = generator_signature(trained.latent, trained.size)
    graph, directions = folder / f"{name}.onnx", folder / f"{name}.directions.json"
    to_onnx(_GeneratorGraph(trained.generator), torch.randn(_EXAMPLES, trained.latent), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    if trained.directions is not None:
        directions.write_text(trained.directions.to_json(), encoding="utf-8")
    model = Model(
        Role.GENERATOR,
        _file(graph),
        inputs,
        outputs,
        trained.metrics,
        family=trained.kind,
        size=trained.size,
        directions=_file(directions) if trained.directions else None,
        learnt_from=trained.learnt_from,
    )
    models = {name: model}
    progress(f"{name}: comparing it with the network")
    _check_generator(Bundle(folder, Manifest({}, models)), name, trained)
    if trained.encoder is not None:
        progress(f"{name}: its encoder")
        models[encoder_name(name)] = _encoder(trained, name, trained.encoder, folder)
    return models


def encoder_name(generator: str) -> str:
    """Return what the bundle calls the encoder of a generator."""
    return f"{generator}-encoder"


def drop_encoders(models: dict[str, Model], generators: Collection[str], folder: Path) -> None:
    """Take the encoders of ``generators`` out of ``models`` and ``folder``: photos go through one encoder alone.

    Raises:
        ExportError: a generator has none.
    """
    for generator in generators:
        model = models.pop(encoder_name(generator), None)
        if model is None:
            raise ExportError(f"{generator} has no encoder to leave out.")
        (folder / model.graph.name).unlink()


def made_by_name(trained: TrainedFaces, name: str) -> dict[str, str]:
    """Return what made a generator, under the name that the bundle has for it: there may be two of one kind."""
    return {f"{name} {key.removeprefix(f'{trained.kind} ')}": value for key, value in trained.made.items()}


def _encoder(trained: TrainedFaces, generator: str, encoder: nn.Module, folder: Path) -> Model:
    name = encoder_name(generator)
    inputs, outputs = encoder_signature(trained.size, trained.latent)
    graph = folder / f"{name}.onnx"
    network, shape = _EncoderGraph(encoder), (_EXAMPLES, trained.size, trained.size, 3)
    to_onnx(network, torch.zeros(shape, dtype=torch.uint8), inputs, outputs, graph)
    store_weights_as_fp16(graph)
    model = Model(
        Role.ENCODER,
        _file(graph),
        inputs,
        outputs,
        {},
        generator=generator,
        crop=trained.crop,
        learnt_from=trained.learnt_from,
    )
    session = open_graph(Bundle(folder, Manifest({}, {name: model})), model, "cpu")
    for batch in _BATCHES:
        faces = np.random.default_rng(batch).integers(0, 256, (batch, *shape[1:]), np.uint8)
        with torch.inference_mode():
            expected = network(torch.from_numpy(faces)).numpy()
        off = float(np.abs(session.run(faces) - expected).max())
        if not off <= LATENT_OFF * max(1.0, float(np.abs(expected).max())):
            raise ExportError(f"{name} differs from its network by {off:.2g}.")
    return model


def _check_generator(bundle: Bundle, name: str, trained: TrainedFaces) -> None:
    session = open_graph(bundle, bundle.model(name), "cpu")
    for batch in _BATCHES:
        latents = torch.randn(batch, trained.latent, generator=torch.Generator().manual_seed(batch))
        with torch.inference_mode():
            expected = _GeneratorGraph(trained.generator)(latents).numpy().astype(int)
        off = int(np.abs(session.run(latents.numpy()) - expected).max())
        if off > MOST_OFF:
            raise ExportError(f"{name} differs from its network by {off} steps of 255, more than {MOST_OFF}.")


def _file(path: Path) -> File:
    return File(path.name, sha256_of(path))
