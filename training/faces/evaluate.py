"""Directions, measures and pictures of a trained generator, into its run folder."""

import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bot.bundle import Directions
from training.common.files import write_whole
from training.common.progress import Stages
from training.faces.attributes.classifier import Fitted
from training.faces.attributes.judges import judge_of, labeller_of
from training.faces.data import image_files
from training.faces.data.dataset import Faces
from training.faces.data.tensors import as_tensor, to_bytes
from training.faces.directions import class_difference, search
from training.faces.evaluation import metrics as evaluation_metrics
from training.faces.evaluation import report_page
from training.faces.evaluation.latent_plot import latent_check
from training.faces.models.module import FacesModule
from training.faces.models.trained import Looked
from training.faces.run import FacesRun

_COMPARED = 5_000
_STRIP = np.linspace(-3, 3, 7)


def measure(  # noqa: PLR0913, PLR0917 - what to look at, beside what, and where to write it
    module: FacesModule, run: FacesRun, data: Path, faces: Faces, stages: Stages, seers: Mapping[str, nn.Module]
) -> dict[str, float]:
    """Find the directions, have them judged, measure, draw, write it all to ``run``, and return the measures.

    ``seers`` are further networks for :func:`training.faces.evaluation.metrics.kid`, by the names of their measures.
    """
    looked = Looked.of(module, faces)
    labeller, judge = labeller_of(data, faces, stages), judge_of(data, faces, stages)
    found = search.find(looked, labeller, stages)
    known = search.tried(looked, judge, found.directions, stages)
    for name, why in found.refused.items():
        stages.console.print(f"No direction towards {name}: {why}.", style="yellow")
    write_whole(run.directions, known.to_json())
    with stages.stage("measuring") as tell:
        metrics = _metrics(looked, judge, {"kid": evaluation_metrics.JudgesFeatures(judge.network), **seers})
        tell(1, 1)
    _draw(looked, run, known)
    write_whole(run.folder / "page.html", report_page.page(run, module.config, metrics, known, found.refused))
    return metrics


def _metrics(looked: Looked, judge: Fitted, seers: Mapping[str, nn.Module]) -> dict[str, float]:
    real = as_tensor(looked.faces.images, looked.held_out[:_COMPARED])
    began = time.perf_counter()
    drawn = to_bytes(looked.draw(looked.fresh(max(len(real), 200), 3)))
    speed = len(drawn) / (time.perf_counter() - began)
    learnt, generated = as_tensor(looked.faces.images, looked.learnt), torch.from_numpy(drawn)
    distances = [evaluation_metrics.kid(features, real, generated, name) for name, features in seers.items()]
    return {
        **{name: value for distance in distances for name, value in distance.items()},
        "swd": evaluation_metrics.swd(real.numpy(), drawn),
        "nearest_ratio": evaluation_metrics.nearest_ratio(judge, learnt, real, generated),
        "images_per_second": speed,
    }


def _draw(looked: Looked, run: FacesRun, known: Directions) -> None:
    image_files.save(image_files.grid(to_bytes(looked.draw(looked.fresh(60, 4))), 12), run.folder / "fresh.png")
    start = looked.encode(looked.held_out[:1]) if looked.module.reader is not None else looked.fresh(1, 5)
    rows = [
        class_difference.moved(start, each, strength) for each in known.by_attribute.values() for strength in _STRIP
    ]
    if rows:
        strips = to_bytes(looked.draw(np.concatenate(rows)))
        image_files.save(image_files.grid(strips, len(_STRIP)), run.folder / "strips.png")
    if looked.module.reader is not None:
        shown = looked.held_out[:24]
        again = to_bytes(looked.draw(looked.encode(shown)))
        pairs = np.stack([np.array(looked.faces.images[shown]), again], 1).reshape(-1, *again.shape[1:])
        image_files.save(image_files.grid(pairs, 12), run.folder / "reconstructions.png")
        latent_check(looked.encode(looked.held_out), run.folder / "latents.png")
