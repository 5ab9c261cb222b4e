"""The faces of a bundle: generators and the encoder, with scaling and clipping in the graph, bytes outside."""

from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import Model, Role, encoder_signature, generator_signature
from export.errors import ExportError
from export.graph import compare, file_of, largest_share, opened, write_graph
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
    signature, directions = generator_signature(trained.latent, trained.size), folder / f"{name}.directions.json"
    network = _GeneratorGraph(trained.generator)
    graph = write_graph(network, torch.randn(_EXAMPLES, trained.latent), signature, folder / f"{name}.onnx")
    if trained.directions is not None:
        directions.write_text(trained.directions.to_json(), encoding="utf-8")
    model = Model(
        Role.GENERATOR,
        graph,
        *signature,
        trained.metrics,
        family=trained.kind,
        size=trained.size,
        directions=file_of(directions) if trained.directions else None,
        learnt_from=trained.learnt_from,
    )
    models = {name: model}
    progress(f"{name}: comparing it with the network")
    examples = ((_latents(batch, trained.latent).numpy(),) for batch in _BATCHES)
    compare(name, opened(folder, name, model), network, examples, MOST_OFF)
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
    signature = encoder_signature(trained.size, trained.latent)
    network, shape = _EncoderGraph(encoder), (_EXAMPLES, trained.size, trained.size, 3)
    graph = write_graph(network, torch.zeros(shape, dtype=torch.uint8), signature, folder / f"{name}.onnx")
    model = Model(
        Role.ENCODER,
        graph,
        *signature,
        {},
        generator=generator,
        crop=trained.crop,
        learnt_from=trained.learnt_from,
    )
    faces = ((np.random.default_rng(batch).integers(0, 256, (batch, *shape[1:]), np.uint8),) for batch in _BATCHES)
    compare(name, opened(folder, name, model), network, faces, LATENT_OFF, off=largest_share)
    return model


def _latents(batch: int, width: int) -> Tensor:
    return torch.randn(batch, width, generator=torch.Generator().manual_seed(batch))
