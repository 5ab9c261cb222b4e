"""The evaluation of a trained generator: directions, metrics and pictures, into its run folder."""

import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bot.bundle import Directions
from bot.bundle.files import write_whole
from training.common.progress import Stages
from training.faces.attributes.classifier import TrainedClassifier
from training.faces.attributes.judges import judge_of, labeller_of
from training.faces.data.dataset import Faces
from training.faces.data.image_files import grid, save_png
from training.faces.data.tensors import as_tensor, to_bytes
from training.faces.directions.class_difference import shifted
from training.faces.directions.search import search
from training.faces.evaluation.edits import IdentityCheck, score_directions
from training.faces.evaluation.metrics import JudgeFeatures, kid, nearest_ratio, swd
from training.faces.evaluation.plots import plot_latents
from training.faces.models.module import FacesModule
from training.faces.models.trained import TrainedGenerator
from training.faces.run import FacesRun

_COMPARED = 5_000
_STRIP = np.linspace(-3, 3, 7)


def evaluate(  # noqa: PLR0913, PLR0917 - what to measure, by whom, beside what, and where to write it
    module: FacesModule,
    run: FacesRun,
    data: Path,
    faces: Faces,
    stages: Stages,
    identity_check: IdentityCheck | None,
    feature_networks: Mapping[str, nn.Module],
) -> dict[str, float]:
    """Find the directions, have them judged, measure, draw, write it all to ``run``, and return the metrics.

    ``identity_check`` tells the people of drawn faces apart. ``feature_networks`` are further networks for
    :func:`training.faces.evaluation.metrics.kid`, by the names of their metrics.
    """
    trained = TrainedGenerator.of(module, faces)
    labeller, judge = labeller_of(data, faces, stages), judge_of(data, faces, stages)
    result = search(trained, labeller, stages)
    identity_check = identity_check if faces.drawn else None
    directions = score_directions(trained, judge, result.directions, identity_check, stages)
    for name, why in result.refused.items():
        stages.console.print(f"No direction towards {name}: {why}.", style="yellow")
    write_whole(run.directions, directions.to_json())
    with stages.stage("measuring") as progress:
        metrics = _metrics(trained, judge, {"kid": JudgeFeatures(judge.network), **feature_networks})
        progress(1, 1)
    _write_pictures(trained, run.folder, directions)
    return metrics


def _metrics(
    trained: TrainedGenerator, judge: TrainedClassifier, feature_networks: Mapping[str, nn.Module]
) -> dict[str, float]:
    real = as_tensor(trained.faces.images, trained.held_out[:_COMPARED])
    began = time.perf_counter()
    pictures = to_bytes(trained.generate(trained.sample_latents(max(len(real), 200), 3)))
    speed = len(pictures) / (time.perf_counter() - began)
    learnt, generated = as_tensor(trained.faces.images, trained.learnt), torch.from_numpy(pictures)
    distances = [kid(network, real, generated, name) for name, network in feature_networks.items()]
    return {
        **{name: value for distance in distances for name, value in distance.items()},
        "swd": swd(real.numpy(), pictures),
        "nearest_ratio": nearest_ratio(judge, learnt, real, generated),
        "images_per_second": speed,
    }


def _write_pictures(trained: TrainedGenerator, folder: Path, directions: Directions) -> None:
    save_png(grid(to_bytes(trained.generate(trained.sample_latents(60, 4))), 12), folder / "fresh.png")
    start = trained.encode(trained.held_out[:1]) if trained.has_encoder else trained.sample_latents(1, 5)
    rows = [
        shifted(start, direction, strength) for direction in directions.by_attribute.values() for strength in _STRIP
    ]
    if rows:
        strips = to_bytes(trained.generate(np.concatenate(rows)))
        save_png(grid(strips, len(_STRIP)), folder / "strips.png")
    if trained.has_encoder:
        positions = trained.held_out[:24]
        decoded = to_bytes(trained.generate(trained.encode(positions)))
        pairs = np.stack([np.array(trained.faces.images[positions]), decoded], 1).reshape(-1, *decoded.shape[1:])
        save_png(grid(pairs, 12), folder / "reconstructions.png")
        plot_latents(trained.encode(trained.held_out), folder / "latents.png")
